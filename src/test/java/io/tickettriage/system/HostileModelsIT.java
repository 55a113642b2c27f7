package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What anybody can send to the models topic, to a program with 128 MB: the model that serves goes on serving. */
class HostileModelsIT {
    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheModelThatServesAndNameEveryRefusal() throws Exception {
        TopicNames names = RunningTriage.createTopics(broker);
        Path first = directory.resolve("first.json");
        Files.write(first, TestModels.bytes("first", 6));
        try (RunningTriage application = RunningTriage.start(
                                broker, directory, "scoring", "--set", "triage.model.file=" + first)
                        .awaitReady();
                KafkaProducer<byte[], byte[]> producer = newProducer()) {
            Map<String, byte[]> hostile = hostile();
            for (Map.Entry<String, byte[]> model : hostile.entrySet()) {
                send(producer, names.models(), model.getKey(), model.getValue());
                send(producer, names.models(), "active", model.getKey().getBytes(UTF_8));
            }
            // More than the program's memory, in a batch of some kilobytes, where the broker does not look at the real
            // size.
            broker.setTopic(names.models(), "compression.type", "producer");
            send(producer, names.models(), "bomb", new byte[150 * 1024 * 1024]);
            send(producer, names.models(), "active", TestModels.bytes("active", 6));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(application.meter("triage_model_refused_total"))
                            .isEqualTo(hostile.size() + 2));
            assertThat(application.meter("triage_model_info{version=\"first\"}"))
                    .isEqualTo(1);

            send(producer, names.models(), "good", TestModels.bytes("good", 6));
            send(producer, names.models(), "active", "good".getBytes(UTF_8));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> application.meter("triage_model_info{version=\"good\"}") == 1);
            send(producer, names.raw(), "t1", "{\"text\":\"refund please\"}".getBytes(UTF_8));
            await().atMost(Duration.ofMinutes(1)).until(() -> application.meter("triage_tickets_queued_total") == 1);
            assertThat(application.meter("triage_role_failures_total")).isZero();
        }
        assertThat(Files.readString(directory.resolve("application.log"))
                        .lines()
                        .filter(l -> l.contains("refused model")))
                .allMatch(line -> line.contains(" at " + names.models() + "-0@"))
                .anyMatch(line -> line.contains("OutOfMemoryError"))
                .hasSize(hostile().size() + 2);
    }

    private static Map<String, byte[]> hostile() throws Exception {
        String versionOne = Files.readString(Path.of("src/test/resources/fixtures/model-v1.json"));
        Map<String, byte[]> hostile = new LinkedHashMap<>();
        hostile.put("junk", new byte[] {1, 2, 3});
        hostile.put("negative", dimensions(versionOne, "-5"));
        hostile.put("huge", dimensions(versionOne, "2147483647"));
        hostile.put("deep", ("{\"format_version\":2,\"heads\":" + "[".repeat(1_000_000)).getBytes(UTF_8));
        hostile.put("many", ("{\"format_version\":2,\"a\":[" + "\"ab\",".repeat(1_500_000) + "0]}").getBytes(UTF_8));
        hostile.put("wide", ("{\"format_version\":2,\"a\":\"" + "x".repeat(8_000_000) + "\"}").getBytes(UTF_8));
        hostile.put(
                "damaged",
                new String(TestModels.bytes("damaged", 6), UTF_8)
                        .replace("1.0", "1.5")
                        .getBytes(UTF_8));
        hostile.put("misnamed", TestModels.bytes("other", 6));
        return hostile;
    }

    private static byte[] dimensions(String versionOne, String dimensions) {
        return versionOne
                .replaceFirst("\"embedding_dim\": *\\d+", "\"embedding_dim\":" + dimensions)
                .getBytes(UTF_8);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    }

    private static KafkaProducer<byte[], byte[]> newProducer() {
        return broker.newProducer(Map.of(
                "max.request.size",
                200 * 1024 * 1024,
                "buffer.memory",
                250L * 1024 * 1024,
                "compression.type",
                "zstd"));
    }
}
