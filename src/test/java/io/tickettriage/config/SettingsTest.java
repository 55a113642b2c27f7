package io.tickettriage.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final Path SHIPPED = Path.of("config/triage.properties");

    @Test
    void shouldHaveTheContractsDefaults() throws Exception {
        Settings settings = read("");
        assertThat(settings.get(SettingKeys.BOOTSTRAP_SERVERS)).isEqualTo("localhost:9092");
        assertThat(settings.get(SettingKeys.APPLICATION_ID)).isEqualTo("ticket-triage");
        assertThat(settings.get(SettingKeys.TOPIC_PREFIX)).isEmpty();
        assertThat(settings.get(SettingKeys.DLQ_SUFFIX)).isEmpty();
        assertThat(settings.get(SettingKeys.PROCESSING_GUARANTEE)).isEqualTo("exactly_once_v2");
        assertThat(settings.get(SettingKeys.STREAM_THREADS)).isEqualTo(1);
        assertThat(settings.get(SettingKeys.COMMIT_INTERVAL)).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.get(SettingKeys.MAX_TICKET_BYTES)).isEqualTo(1_048_576L);
        assertThat(settings.get(SettingKeys.OUTPUT_SCORES)).isTrue();
        assertThat(settings.get(SettingKeys.OUTPUT_EXPLANATION)).isEqualTo("review");
        assertThat(settings.get(SettingKeys.OUTPUT_HUMAN_READABLE)).isEqualTo("review");
        assertThat(settings.get(SettingKeys.SHADOW_SAMPLE)).isEqualTo(100);
        assertThat(settings.get(SettingKeys.RULES_FILE)).isEqualTo("config/rules.yaml");
        assertThat(settings.get(SettingKeys.TAXONOMY_FILE)).isEqualTo("config/taxonomy.yaml");
        assertThat(settings.get(SettingKeys.MODEL_FILE)).isEmpty();
        assertThat(settings.get(SettingKeys.HTTP_HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(SettingKeys.HTTP_PORT)).isEqualTo(8080);
        assertThat(settings.get(SettingKeys.CORRECTIONS_RETENTION)).isEqualTo(Duration.ofDays(30));
        assertThat(settings.get(SettingKeys.STATE_DIR)).isEqualTo("data/state");
        assertThat(settings.get(SettingKeys.GROUP_PROTOCOL)).isEqualTo("classic");
    }

    @Test
    void shouldShipAFileThatSaysEveryDefaultAndNothingElse() throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>(SettingKeys.KAFKA_DEFAULTS);
        SettingKeys.ALL.forEach(setting -> defaults.put(setting.name(), setting.defaultValue()));
        try (InputStream in = Files.newInputStream(SHIPPED)) {
            SettingsFile file = SettingsFile.read(in, SHIPPED.toString());
            assertThat(file.problems()).isEmpty();
            assertThat(file.values()).containsExactlyInAnyOrderEntriesOf(defaults);
        }
    }

    /** One value other than the default for every setting, and what the program gets. */
    static Stream<Arguments> everyMapping() {
        return Stream.of(
                Arguments.of(SettingKeys.BOOTSTRAP_SERVERS, "TRIAGE_BOOTSTRAP_SERVERS", "a:1, b:2", "a:1, b:2"),
                Arguments.of(SettingKeys.APPLICATION_ID, "TRIAGE_APPLICATION_ID", "other", "other"),
                Arguments.of(SettingKeys.TOPIC_PREFIX, "TRIAGE_TOPIC_PREFIX", "eu.", "eu."),
                Arguments.of(SettingKeys.DLQ_SUFFIX, "TRIAGE_DLQ_SUFFIX", "-x", "-x"),
                Arguments.of(
                        SettingKeys.PROCESSING_GUARANTEE,
                        "TRIAGE_PROCESSING_GUARANTEE",
                        "AT_LEAST_ONCE",
                        "at_least_once"),
                Arguments.of(SettingKeys.STREAM_THREADS, "TRIAGE_STREAM_THREADS", "4", 4),
                Arguments.of(SettingKeys.COMMIT_INTERVAL, "TRIAGE_COMMIT_INTERVAL", "2 s", Duration.ofSeconds(2)),
                Arguments.of(SettingKeys.MAX_TICKET_BYTES, "TRIAGE_MAX_TICKET_BYTES", "64KiB", 65_536L),
                Arguments.of(SettingKeys.OUTPUT_SCORES, "TRIAGE_OUTPUT_SCORES", "False", false),
                Arguments.of(SettingKeys.OUTPUT_EXPLANATION, "TRIAGE_OUTPUT_EXPLANATION", "all", "all"),
                Arguments.of(SettingKeys.OUTPUT_HUMAN_READABLE, "TRIAGE_OUTPUT_HUMAN_READABLE", "none", "none"),
                Arguments.of(SettingKeys.SHADOW_SAMPLE, "TRIAGE_SHADOW_SAMPLE_PERCENT", "25", 25),
                Arguments.of(SettingKeys.RULES_FILE, "TRIAGE_RULES_FILE", "r.yaml", "r.yaml"),
                Arguments.of(SettingKeys.TAXONOMY_FILE, "TRIAGE_TAXONOMY_FILE", "t.yaml", "t.yaml"),
                Arguments.of(SettingKeys.MODEL_FILE, "TRIAGE_MODEL_FILE", "m.json", "m.json"),
                Arguments.of(SettingKeys.HTTP_HOST, "TRIAGE_HTTP_HOST", "0.0.0.0", "0.0.0.0"),
                Arguments.of(SettingKeys.HTTP_PORT, "TRIAGE_HTTP_PORT", "0", 0),
                Arguments.of(
                        SettingKeys.CORRECTIONS_RETENTION, "TRIAGE_CORRECTIONS_RETENTION", "12h", Duration.ofHours(12)),
                Arguments.of(SettingKeys.STATE_DIR, "TRIAGE_STATE_DIR", "/var/triage", "/var/triage"),
                Arguments.of(SettingKeys.GROUP_PROTOCOL, "TRIAGE_GROUP_PROTOCOL", "streams", "streams"));
    }

    @Test
    void shouldTestEveryMapping() {
        assertThat(everyMapping().map(mapping -> mapping.get()[0])).containsExactlyElementsOf(SettingKeys.ALL);
    }

    @ParameterizedTest
    @MethodSource("everyMapping")
    void shouldReadTheSameFromFileEnvironmentAndOverride(Setting<?> setting, String variable, String text, Object value)
            throws Exception {
        assertThat(setting.environmentName()).isEqualTo(variable);
        assertThat(read(setting.name() + "=" + text).get(setting)).isEqualTo(value);
        assertThat(read("", Map.of(variable, text)).get(setting)).isEqualTo(value);
        assertThat(read("", Map.of(), setting.name() + "=" + text).get(setting)).isEqualTo(value);
    }

    @Test
    void shouldLetOverrideBeatEnvironmentBeatFile() throws Exception {
        String file = "triage.http.port=1\nkafka.producer.linger.ms=1";
        Map<String, String> environment = Map.of("TRIAGE_HTTP_PORT", "2", "TRIAGE_KAFKA_PRODUCER_LINGER_MS", "2");
        assertThat(read(file).get(SettingKeys.HTTP_PORT)).isEqualTo(1);
        assertThat(read(file).producerConfig()).containsEntry("linger.ms", "1");
        assertThat(read(file, environment).get(SettingKeys.HTTP_PORT)).isEqualTo(2);
        assertThat(read(file, environment).producerConfig()).containsEntry("linger.ms", "2");
        Settings overridden = read(file, environment, "triage.http.port=3", "kafka.producer.linger.ms=3");
        assertThat(overridden.get(SettingKeys.HTTP_PORT)).isEqualTo(3);
        assertThat(overridden.producerConfig()).containsEntry("linger.ms", "3");
    }

    @Test
    void shouldPassKafkaPropertiesToTheRightClients() throws Exception {
        Settings settings = read("""
                triage.bootstrap.servers=k:9
                kafka.security.protocol=SSL
                kafka.producer.acks=1
                kafka.consumer.max.poll.records=7
                kafka.streams.num.standby.replicas=2
                """);
        assertThat(settings.adminConfig())
                .containsOnly(Map.entry("bootstrap.servers", "k:9"), Map.entry("security.protocol", "SSL"));
        assertThat(settings.producerConfig())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("acks", "1")
                .doesNotContainKeys("max.poll.records", "num.standby.replicas");
        assertThat(settings.consumerConfig())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("max.poll.records", "7")
                .doesNotContainKeys("acks", "num.standby.replicas");
        assertThat(settings.streamsConfig("drift"))
                .containsEntry("application.id", "ticket-triage-drift")
                .containsEntry("bootstrap.servers", "k:9")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("producer.acks", "1")
                .containsEntry("consumer.max.poll.records", "7")
                .containsEntry("num.standby.replicas", "2")
                .containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void shouldGiveDefaultsThatKafkasOwnClientsAccept() throws Exception {
        Settings settings = read("");
        Map<String, Object> producer = new LinkedHashMap<>(settings.producerConfig());
        producer.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        producer.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        Map<String, Object> consumer = new LinkedHashMap<>(settings.consumerConfig());
        consumer.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        consumer.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        assertThat(new ProducerConfig(producer).unused()).isNotEmpty();
        assertThat(ProducerConfig.configNames())
                .containsAll(settings.producerConfig().keySet());
        assertThat(new ConsumerConfig(consumer).getString("isolation.level")).isEqualTo("read_committed");
        assertThat(ConsumerConfig.configNames())
                .containsAll(settings.consumerConfig().keySet());

        StreamsConfig streams = new StreamsConfig(settings.streamsConfig("scoring"));
        assertThat(streams.getProducerConfigs("client"))
                .containsEntry("linger.ms", "5")
                .containsEntry("transaction.timeout.ms", "5000");
        assertThat(streams.getMainConsumerConfigs("group", "client", 0)).containsEntry("session.timeout.ms", "6000");
        assertThat(settings.streamsConfig("scoring").keySet().stream()
                        .filter(name -> !name.startsWith("producer.") && !name.startsWith("consumer.")))
                .isSubsetOf(StreamsConfig.configDef().names());
    }

    @Test
    void shouldReportEverythingThatIsWrongAtOnceWithItsPlace() {
        InvalidSettingsException e = failure(
                """
                # a comment
                triage.http.port = 70000
                triage.htp.host = x
                triage.output.scores = yes
                triage.output.scores = no
                """,
                Map.of("TRIAGE_STREAM_THREADS", "many", "TRIAGE_HTTPPORT", "1"),
                "triage.commit.interval=100",
                "triage.max.ticket.bytes=9999999999999 GiB",
                "colour=red",
                "nonsense");
        assertThat(e.problems())
                .containsExactlyInAnyOrder(
                        "f:5: triage.output.scores is set already on line 4",
                        "f:5: triage.output.scores is \"no\", expected true or false",
                        "f:2: triage.http.port is \"70000\", expected a whole number from 0 to 65535",
                        "f:3: triage.htp.host is no setting; config/triage.properties lists them all",
                        "environment TRIAGE_STREAM_THREADS: triage.stream.threads is \"many\", expected a whole number from"
                                + " 1 to 256",
                        "environment TRIAGE_HTTPPORT: is no setting; config/triage.properties lists them all",
                        "--set triage.commit.interval: triage.commit.interval is \"100\", expected a duration such as"
                                + " 100ms, 5s, 10m, 2h or 30d, from 1ms to 60000ms",
                        "--set triage.max.ticket.bytes: triage.max.ticket.bytes is \"9999999999999 GiB\", expected bytes"
                                + " such as 1048576, 1024 KiB or 1 MiB, from 1 to 67108864",
                        "--set colour: colour is no setting; config/triage.properties lists them all",
                        "--set nonsense: expected name=value");
        assertThat(e).hasMessageStartingWith("the configuration has 10 problems:\n  ");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.bootstrap.servers, triage.bootstrap.servers",
        "kafka.streams.application.id, triage.application.id",
        "kafka.streams.processing.guarantee, triage.processing.guarantee",
        "kafka.streams.errors.dead.letter.queue.topic.name, triage.dlq.suffix",
    })
    void shouldSayWhatToSetInsteadOfAKeyThatIsNotRead(String key, String instead) {
        assertThat(failure(key + "=x", Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith("f:1: " + key + " is not read; set " + instead);
        assertThat(failure("", Map.of(Setting.environmentName(key), "x")).problems())
                .hasSize(1);
    }

    @Test
    void shouldIgnoreWhatTheLauncherAndKubernetesSet() throws Exception {
        read(
                "",
                Map.of(
                        "TRIAGE_HOME", "/opt/triage",
                        "TRIAGE_JAVA_OPTS", "-Xmx1g",
                        "TRIAGE_NO_BUILD", "1",
                        "TRIAGE_TIER", "1",
                        "TRIAGE_LOG_LEVEL", "DEBUG",
                        "TRIAGE_SERVICE_HOST", "10.0.0.1",
                        "TRIAGE_PORT", "tcp://10.0.0.1:8080",
                        "TRIAGE_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "PATH", "/bin"));
    }

    @Test
    void shouldUnderstandContinuedLinesAndUtf8() throws Exception {
        Settings settings = read("triage.rules.file=config/\\\n   größe.yaml\ntriage.http.port=1");
        assertThat(settings.get(SettingKeys.RULES_FILE)).isEqualTo("config/größe.yaml");
    }

    private static Settings read(String file) throws IOException {
        return read(file, Map.of());
    }

    private static Settings read(String file, Map<String, String> environment, String... overrides) throws IOException {
        SettingsFile settings = SettingsFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)), "f");
        return Settings.read(settings, environment, List.of(overrides));
    }

    private static InvalidSettingsException failure(String file, Map<String, String> environment, String... overrides) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> read(file, environment, overrides));
    }
}
