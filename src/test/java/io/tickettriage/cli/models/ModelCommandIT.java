package io.tickettriage.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.registry.ModelRegistry;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandIT {
    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    @TempDir
    private Path directory;

    private TestCluster cluster;

    @SuppressWarnings("NullAway.Init") // createTopics() runs before each test.
    ModelCommandIT() {}

    @BeforeEach
    void createTopics() throws Exception {
        cluster = new TestCluster(broker.bootstrap(), broker.prefix(), directory, Map.of());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldGoBackToTheModelInTheProgramAndShowIt() throws Exception {
        assertThat(publish("m1", 5).out()).contains("published m1 as the active model");
        assertThat(publish("m2", 5).code()).isZero();
        assertThat(list().path("built_in_active").asBoolean()).isFalse();

        TestCluster.Result builtIn = cluster.triage("model", "rollback", "--builtin");

        assertThat(builtIn.code()).isZero();
        assertThat(builtIn.out()).contains("the one in the program is the active model");
        assertThat(list().path("built_in_active").asBoolean()).isTrue();
        assertThat(list().path("models")).hasSize(2).noneMatch(model -> model.path("active")
                .asBoolean());
        assertThat(cluster.triage("model", "list").out())
                .contains("None of them is active; instances score with the one in the program.");

        TestCluster.Result nothingBefore = cluster.triage("model", "rollback");
        assertThat(nothingBefore.code()).isEqualTo(1);
        assertThat(nothingBefore.err()).contains("no model was published before the active one");
        assertThat(cluster.triage("model", "rollback", "m1").code()).isZero();
        assertThat(list().path("models").path(0).path("active").asBoolean()).isTrue();
        assertThat(cluster.triage("model", "rollback", "m1", "--builtin").code())
                .isEqualTo(2);
    }

    @Test
    void shouldNotPublishWhatNoInstanceWouldServe() throws Exception {
        Path versionOne = Path.of("src/test/resources/fixtures/model-v1.json");
        assertThat(cluster.triage("model", "publish", versionOne.toString()))
                .satisfies(result -> assertThat(result.code()).isEqualTo(1))
                .satisfies(result -> assertThat(result.err()).contains("artifacts of version 1 have no thresholds"));

        Path rules = Files.writeString(
                directory.resolve("rules.yaml"),
                "rules: [{name: moody, when: {labels: {mood: [bad]}}, then: {queue: sales}}]");
        assertThat(publish("m1", 5, "--set", "triage.rules.file=" + rules).err())
                .contains("rule \"moody\": there is no head \"mood\"");

        assertThat(publish("active", 5).err()).contains("version \"active\" is the name of a pointer");
        assertThat(list().path("models")).isEmpty();
    }

    @Test
    void shouldRefuseASecondModelOfTheSameName() throws Exception {
        assertThat(publish("m1", 5).code()).isZero();

        TestCluster.Result second = publish("m1", 9);

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("another model is published as m1 (sha256 ");
    }

    @Test
    void shouldNotRollBackToAModelThatMustNotScore() throws Exception {
        assertThat(publish("m1", 5).code()).isZero();
        cluster.send(cluster.names().models(), 0, "bad", "no artifact");
        cluster.flush();

        TestCluster.Result rollback = cluster.triage("model", "rollback", "bad");

        assertThat(rollback.code()).isEqualTo(1);
        assertThat(rollback.err()).contains("model bad: CORRUPT: not JSON");
        assertThat(cluster.triage("model", "rollback", "m9").err())
                .contains("no model m9 is published (there are: m1, bad)");
        assertThat(list().path("models").path(0).path("active").asBoolean()).isTrue();
    }

    /** What a command does while it publishes is taken back when another begins. */
    @Test
    void shouldLeaveNothingOfAWriterThatWasFenced() throws Exception {
        try (KafkaProducer<byte[], byte[]> abandoned = newWriter()) {
            abandoned.initTransactions();
            abandoned.beginTransaction();
            abandoned.send(record("half", "no artifact")).get();
            abandoned.send(record("active", "half")).get();

            assertThat(publish("m1", 5).code()).isZero();
        }
        assertThat(list().path("models"))
                .hasSize(1)
                .allMatch(model -> model.path("version").asText().equals("m1")
                        && model.path("active").asBoolean());
    }

    private KafkaProducer<byte[], byte[]> newWriter() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "transactional.id",
                        ModelRegistry.transactionalId(new TopicNames(broker.prefix(), ""))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private ProducerRecord<byte[], byte[]> record(String key, String value) {
        return new ProducerRecord<>(cluster.names().models(), key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private TestCluster.Result publish(String version, float strength, String... options) throws IOException {
        Path file = directory.resolve(version + ".json");
        Files.write(file, TestModels.bytes(version, strength));
        String[] arguments = new String[3 + options.length];
        arguments[0] = "model";
        arguments[1] = "publish";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return cluster.triage(arguments);
    }

    private JsonNode list() throws IOException {
        TestCluster.Result result = cluster.triage("model", "list", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }
}
