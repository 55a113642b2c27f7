package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.registry.ModelRegistry;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.scoring.TicketScorer;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestModels;
import io.tickettriage.ticket.RawTicket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models are swapped under load, and every output can be made again from the version it carries. */
class ModelSwapIT {
    private static final int TICKETS = 10_000;
    private static final int MODELS = 20;
    private static final List<String> TEXTS =
            List.of("refund please", "the app will crash", "parcel and price", "hello plz", "never a refund");

    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldReproduceEveryOutputFromItsVersionWhileModelsAreSwappedUnderLoad() throws Exception {
        TopicNames names = RunningTriage.createTopics(broker);
        Map<String, byte[]> models = new LinkedHashMap<>();
        Path first = directory.resolve("first.json");
        models.put("first", TestModels.bytes("first", 6));
        Files.write(first, models.get("first"));
        List<ConsumerRecord<byte[], byte[]>> outputs = new ArrayList<>();
        try (RunningTriage application = RunningTriage.start(
                                broker, directory, "scoring", "--set", "triage.model.file=" + first)
                        .awaitReady();
                KafkaProducer<byte[], byte[]> producer = newProducer(Map.of());
                KafkaProducer<byte[], byte[]> publisher =
                        newProducer(Map.of("transactional.id", ModelRegistry.transactionalId(names)));
                KafkaConsumer<byte[], byte[]> registryConsumer = newConsumer("");
                KafkaConsumer<byte[], byte[]> consumer = newConsumer("reader")) {
            ModelRegistry registry = new ModelRegistry(publisher, registryConsumer, names.models());
            consumer.subscribe(List.of(names.scored()));
            for (int m = 0; m < MODELS; m++) {
                String version = "m" + m;
                byte[] artifact = m == 7
                        ? Arrays.copyOf(TestModels.bytes(version, 6), 500)
                        : m == 13
                                ? TestModels.bytes(version, List.of("legal", "b", "c", "d", "e"))
                                : TestModels.bytes(version, 1 + m);
                models.put(version, artifact);
                registry.publish(version, artifact, false);
                for (int i = 0; i < TICKETS / MODELS; i++) {
                    int n = m * (TICKETS / MODELS) + i;
                    var unused = producer.send(new ProducerRecord<>(
                            names.raw(), Integer.toString(n).getBytes(UTF_8), ticket(n)));
                }
                consumer.poll(Duration.ofMillis(50)).forEach(outputs::add);
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(outputs::add);
                return outputs.size() >= TICKETS;
            });
            await().untilAsserted(() -> {
                assertThat(application.meter("triage_model_refused_total")).isEqualTo(2);
                assertThat(application.meter("triage_model_info{version=\"m19\"}"))
                        .isEqualTo(1);
            });
        }

        assertThat(outputs).hasSize(TICKETS);
        Map<String, TicketScorer> scorers = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> output : outputs) {
            String version = new String(
                    output.headers().lastHeader("triage-model-version").value(), UTF_8);
            TicketScorer scorer = scorers.computeIfAbsent(version, v -> newScorer(models, v));
            int n = Integer.parseInt(new String(output.key(), UTF_8));
            ScoringOutcome again = scorer.score(new RawTicket(ticket(n), output.key(), false, "t", 0, 0));
            assertThat(new String(((ScoringOutcome.Scored) again).json(), UTF_8))
                    .isEqualTo(new String(output.value(), UTF_8));
        }
        assertThat(new TreeSet<>(scorers.keySet())).hasSizeGreaterThan(2).doesNotContain("m7", "m13");
    }

    private static byte[] ticket(int n) {
        return ("{\"text\":\"" + TEXTS.get(n % TEXTS.size()) + "\",\"n\":" + n + "}").getBytes(UTF_8);
    }

    private static TicketScorer newScorer(Map<String, byte[]> models, String version) {
        try {
            SettingsFile file = ConfigFiles.read("config/triage.properties", SettingsFile::read);
            Settings settings = Settings.read(file, Map.of(), List.of());
            ScorerFactory defaults = ScorerFactory.load(settings, Optional.empty());
            ScorerFactory scoring = new ScorerFactory(
                    ArtifactReader.read(models.getOrDefault(version, new byte[0]))
                            .model(),
                    defaults.rules(),
                    defaults.templates(),
                    defaults.config());
            return scoring.newScorer(new ActiveModel(scoring.model()), scoring.outputOptions());
        } catch (Exception e) {
            throw new AssertionError("version " + version, e);
        }
    }

    private static KafkaProducer<byte[], byte[]> newProducer(Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>(own);
        config.put("bootstrap.servers", broker.bootstrap());
        config.put("max.request.size", SizeLimits.MODEL_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer(String group) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false));
        if (!group.isEmpty()) {
            config.put("group.id", broker.prefix() + group);
        }
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
