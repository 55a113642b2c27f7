package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What any producer can send, through a real broker: each record arrives somewhere, and the next one flows. */
class HostileInputIT {
    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldLeaveWhatIsTooLargeUncompressedToTheBroker() throws Exception {
        TopicNames names = RunningTriage.createTopics(broker);
        List<String> inputs = List.of(names.raw(), names.correctionsSubmitted());
        try (KafkaProducer<byte[], byte[]> producer = newProducer()) {
            for (String topic : inputs) {
                ProducerRecord<byte[], byte[]> headers = new ProducerRecord<>(topic, "{}".getBytes(UTF_8));
                IntStream.range(0, 800_000).forEach(i -> headers.headers().add("", null));
                ProducerRecord<byte[], byte[]> zeros = new ProducerRecord<>(topic, new byte[20_000_000]);

                for (ProducerRecord<byte[], byte[]> bomb : List.of(headers, zeros)) {
                    assertThatThrownBy(() -> producer.send(bomb).get())
                            .hasCauseInstanceOf(RecordTooLargeException.class);
                }
                assertThat(producer.send(new ProducerRecord<>(topic, new byte[1024 * 1024]))
                                .get()
                                .hasOffset())
                        .isTrue();
            }
        }
    }

    /** Without the limits of the catalogue, as on a cluster that another program has set up. */
    @Test
    void shouldAccountForEverythingAProducerCanSendAndKeepRunning() throws Exception {
        TopicNames names = RunningTriage.createTopics(broker);
        broker.setTopic(names.raw(), "compression.type", "producer");
        broker.setTopic(names.raw(), "max.message.bytes", "4194304");
        List<ProducerRecord<byte[], byte[]>> records = records(names.raw());
        Map<String, Integer> queued = new HashMap<>();
        try (RunningTriage application =
                        RunningTriage.start(broker, directory, "scoring").awaitReady();
                KafkaProducer<byte[], byte[]> producer = newProducer();
                KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
            consumer.subscribe(Pattern.compile(Pattern.quote(broker.prefix()) + "tickets\\.(queue\\..+|dlq)"));
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    queued.merge(record.topic().endsWith("dlq") ? "dlq" : "queue", 1, Integer::sum);
                }
                return queued.values().stream().mapToInt(n -> n).sum() >= records.size();
            });
            assertThat(application.process().isAlive()).isTrue();
            assertThat(application.meter("triage_role_failures_total")).isZero();
        }
        assertThat(queued)
                .as(() -> String.join("\n", rejections(directory)))
                .containsEntry("queue", 9)
                .containsEntry("dlq", records.size() - 9);
    }

    private static List<String> rejections(Path directory) {
        try (Stream<String> lines = Files.lines(directory.resolve("application.log"))) {
            return lines.filter(line -> line.contains("rejected ")).toList();
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> records(String topic) {
        List<byte[]> tickets = List.of(
                "{\"text\":\"refund\"}".getBytes(UTF_8),
                ("{\"text\":\"" + "word ".repeat(180_000) + "\"}").getBytes(UTF_8),
                ("{\"text\":\"x\",\"n\":" + "9".repeat(900_000) + "}").getBytes(UTF_8),
                "{\"text\":\"\uD83D\uDE21\uD83D\uDE21\"}".getBytes(UTF_8),
                "{\"text\":\"a\",\"text\":\"b\",\"id\":1,\"id\":2}".getBytes(UTF_8),
                "{\"text\":\"lone \\ud800 surrogate\",\"id\":\"\\udfff\"}".getBytes(UTF_8),
                "{\"text\":\"\\u0000\\u0007 control\"}".getBytes(UTF_8),
                ("{\"text\":\"" + "x".repeat(500_000) + "\"}").getBytes(UTF_8));
        List<byte[]> rejects = List.of(
                new byte[0],
                new byte[] {(byte) 0xff, (byte) 0xfe},
                "{".getBytes(UTF_8),
                "1e999999".getBytes(UTF_8),
                ("{\"text\":\"x\",\"a\":" + "[".repeat(10_000)).getBytes(UTF_8),
                "{\"text\":\"   \"}".getBytes(UTF_8),
                "{}".getBytes(UTF_8),
                new byte[] {0, 0, 0, 0, 1, 2, 'x'},
                "{\"text\":\"refund\"}".getBytes(UTF_16LE),
                ("{\"text\":\"" + "word ".repeat(4_000_000) + "\"}").getBytes(UTF_8));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        tickets.forEach(value -> records.add(new ProducerRecord<>(topic, value)));
        rejects.forEach(value -> records.add(new ProducerRecord<>(topic, new byte[] {0, (byte) 0x80}, value)));
        records.add(new ProducerRecord<>(topic, "key".getBytes(UTF_8), null));
        ProducerRecord<byte[], byte[]> hugeHeaders = new ProducerRecord<>(topic, tickets.get(0));
        hugeHeaders.headers().add("h", new byte[10 * 1024 * 1024]);
        records.add(hugeHeaders);
        ProducerRecord<byte[], byte[]> manyHeaders = new ProducerRecord<>(topic, tickets.get(0));
        IntStream.range(0, 100_000).forEach(i -> manyHeaders.headers().add("", null));
        records.add(manyHeaders);
        ProducerRecord<byte[], byte[]> growing =
                new ProducerRecord<>(topic, "x\u0001".repeat(500_000).getBytes(UTF_8));
        growing.headers().add("content-type", "text/plain".getBytes(UTF_8));
        records.add(growing);
        records.add(new ProducerRecord<>(topic, null, 0L, null, "{\"text\":\"sent in 1970\"}".getBytes(UTF_8)));
        return records;
    }

    private static KafkaProducer<byte[], byte[]> newProducer() {
        return broker.newProducer(Map.of(
                "max.request.size", 64 * 1024 * 1024, "buffer.memory", 128L * 1024 * 1024, "compression.type", "zstd"));
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "group.id",
                        broker.prefix() + "reader",
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
