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
import java.util.TreeMap;
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
        assertThat(KafkaStreamsConfig.of(settings))
                .isEqualTo(new KafkaStreamsConfig(
                        new KafkaClientsConfig("localhost:9092", new TreeMap<>(KafkaClientsConfig.DEFAULTS)),
                        "ticket-triage",
                        KafkaStreamsConfig.Guarantee.EXACTLY_ONCE_V2,
                        1,
                        Duration.ofMillis(100),
                        "data/state",
                        KafkaStreamsConfig.GroupProtocol.CLASSIC));
        assertThat(TopicsConfig.of(settings)).isEqualTo(new TopicsConfig("", ""));
        OutputConfig output = new OutputConfig(true, OutputConfig.Tickets.REVIEW, OutputConfig.Tickets.REVIEW);
        assertThat(ScoringConfig.of(settings))
                .isEqualTo(new ScoringConfig(1_048_576, "config/rules.yaml", "", 100, output));
        assertThat(CorrectionsConfig.of(settings))
                .isEqualTo(new CorrectionsConfig(Duration.ofDays(30), "config/taxonomy.yaml", 1_048_576));
        assertThat(HttpConfig.of(settings)).isEqualTo(new HttpConfig("127.0.0.1", 8080));
    }

    @Test
    void shouldShipAFileThatSaysEveryDefaultAndNothingElse() throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>(KafkaClientsConfig.DEFAULTS);
        Settings.ALL.forEach(setting -> defaults.put(setting.name(), setting.defaultValue()));
        try (InputStream in = Files.newInputStream(SHIPPED)) {
            SettingsFile file = SettingsFile.read(in, SHIPPED.toString());
            assertThat(file.problems()).isEmpty();
            assertThat(file.values()).containsExactlyInAnyOrderEntriesOf(defaults);
        }
    }

    @Test
    void shouldShipAFileThatDocumentsEverySetting() throws Exception {
        StringBuilder comment = new StringBuilder();
        Map<String, String> comments = new LinkedHashMap<>();
        String before = "";
        for (String line : Files.readAllLines(SHIPPED)) {
            if (line.startsWith("#") && !before.startsWith("#")) {
                comment.setLength(0);
            }
            if (line.startsWith("#")) {
                comment.append(line.substring(1));
            } else if (line.contains("=")) {
                comments.put(line.substring(0, line.indexOf('=')), comment.toString());
            }
            before = line;
        }
        assertThat(Settings.ALL).allSatisfy(setting -> assertThat(comments.get(setting.name()))
                .as(setting.name())
                .contains(setting.key().documentation));
    }

    /** One value other than the default for every setting, and what the program gets. */
    static Stream<Arguments> everyMapping() {
        return Stream.of(
                Arguments.of(KafkaClientsConfig.BOOTSTRAP_SERVERS, "TRIAGE_BOOTSTRAP_SERVERS", "a:1, b:2", "a:1, b:2"),
                Arguments.of(KafkaStreamsConfig.APPLICATION_ID, "TRIAGE_APPLICATION_ID", "other", "other"),
                Arguments.of(TopicsConfig.PREFIX, "TRIAGE_TOPIC_PREFIX", "eu.", "eu."),
                Arguments.of(TopicsConfig.DLQ_SUFFIX, "TRIAGE_DLQ_SUFFIX", "-x", "-x"),
                Arguments.of(
                        KafkaStreamsConfig.GUARANTEE,
                        "TRIAGE_PROCESSING_GUARANTEE",
                        "AT_LEAST_ONCE",
                        KafkaStreamsConfig.Guarantee.AT_LEAST_ONCE),
                Arguments.of(KafkaStreamsConfig.THREADS, "TRIAGE_STREAM_THREADS", "4", 4),
                Arguments.of(
                        KafkaStreamsConfig.COMMIT_INTERVAL, "TRIAGE_COMMIT_INTERVAL", "2 s", Duration.ofSeconds(2)),
                Arguments.of(ScoringConfig.MAX_TICKET_BYTES, "TRIAGE_MAX_TICKET_BYTES", "64KiB", 65_536),
                Arguments.of(OutputConfig.SCORES, "TRIAGE_OUTPUT_SCORES", "False", false),
                Arguments.of(OutputConfig.EXPLANATION, "TRIAGE_OUTPUT_EXPLANATION", "all", OutputConfig.Tickets.ALL),
                Arguments.of(
                        OutputConfig.HUMAN_READABLE, "TRIAGE_OUTPUT_HUMAN_READABLE", "none", OutputConfig.Tickets.NONE),
                Arguments.of(ScoringConfig.SHADOW_SAMPLE, "TRIAGE_SHADOW_SAMPLE_PERCENT", "25", 25),
                Arguments.of(ScoringConfig.RULES_FILE, "TRIAGE_RULES_FILE", "r.yaml", "r.yaml"),
                Arguments.of(CorrectionsConfig.TAXONOMY_FILE, "TRIAGE_TAXONOMY_FILE", "t.yaml", "t.yaml"),
                Arguments.of(ScoringConfig.MODEL_FILE, "TRIAGE_MODEL_FILE", "m.json", "m.json"),
                Arguments.of(HttpConfig.HOST, "TRIAGE_HTTP_HOST", "0.0.0.0", "0.0.0.0"),
                Arguments.of(HttpConfig.PORT, "TRIAGE_HTTP_PORT", "0", 0),
                Arguments.of(CorrectionsConfig.RETENTION, "TRIAGE_CORRECTIONS_RETENTION", "12h", Duration.ofHours(12)),
                Arguments.of(KafkaStreamsConfig.STATE_DIRECTORY, "TRIAGE_STATE_DIR", "/var/triage", "/var/triage"),
                Arguments.of(
                        KafkaStreamsConfig.GROUP_PROTOCOL,
                        "TRIAGE_GROUP_PROTOCOL",
                        "streams",
                        KafkaStreamsConfig.GroupProtocol.STREAMS));
    }

    @Test
    void shouldTestEveryMapping() {
        assertThat(everyMapping().map(mapping -> mapping.get()[0])).containsExactlyInAnyOrderElementsOf(Settings.ALL);
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
        assertThat(read(file).get(HttpConfig.PORT)).isEqualTo(1);
        assertThat(KafkaClientsConfig.of(read(file)).producer()).containsEntry("linger.ms", "1");
        assertThat(read(file, environment).get(HttpConfig.PORT)).isEqualTo(2);
        assertThat(KafkaClientsConfig.of(read(file, environment)).producer()).containsEntry("linger.ms", "2");
        Settings overridden = read(file, environment, "triage.http.port=3", "kafka.producer.linger.ms=3");
        assertThat(overridden.get(HttpConfig.PORT)).isEqualTo(3);
        assertThat(KafkaClientsConfig.of(overridden).producer()).containsEntry("linger.ms", "3");
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
        KafkaClientsConfig clients = KafkaClientsConfig.of(settings);
        assertThat(clients.admin())
                .containsOnly(Map.entry("bootstrap.servers", "k:9"), Map.entry("security.protocol", "SSL"));
        assertThat(clients.producer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("acks", "1")
                .doesNotContainKeys("max.poll.records", "num.standby.replicas");
        assertThat(clients.consumer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("max.poll.records", "7")
                .doesNotContainKeys("acks", "num.standby.replicas");
        assertThat(KafkaStreamsConfig.of(settings).properties("drift"))
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
        KafkaClientsConfig clients = KafkaClientsConfig.of(settings);
        Map<String, Object> producer = new LinkedHashMap<>(clients.producer());
        producer.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        producer.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        Map<String, Object> consumer = new LinkedHashMap<>(clients.consumer());
        consumer.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        consumer.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        assertThat(new ProducerConfig(producer).unused()).isNotEmpty();
        assertThat(ProducerConfig.configNames()).containsAll(clients.producer().keySet());
        assertThat(new ConsumerConfig(consumer).getString("isolation.level")).isEqualTo("read_committed");
        assertThat(ConsumerConfig.configNames()).containsAll(clients.consumer().keySet());

        StreamsConfig streams =
                new StreamsConfig(KafkaStreamsConfig.of(settings).properties("scoring"));
        assertThat(streams.getProducerConfigs("client"))
                .containsEntry("linger.ms", "5")
                .containsEntry("transaction.timeout.ms", "5000");
        assertThat(streams.getMainConsumerConfigs("group", "client", 0)).containsEntry("session.timeout.ms", "6000");
        assertThat(KafkaStreamsConfig.of(settings).properties("scoring").keySet().stream()
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
        assertThat(settings.get(ScoringConfig.RULES_FILE)).isEqualTo("config/größe.yaml");
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
