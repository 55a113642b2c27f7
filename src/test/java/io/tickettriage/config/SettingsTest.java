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
import java.util.function.Function;
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
        assertThat(settings.get(KafkaStreamsConfig.class))
                .isEqualTo(new KafkaStreamsConfig(
                        new KafkaClientsConfig("localhost:9092", new TreeMap<>(KafkaClientsConfig.DEFAULTS)),
                        "ticket-triage",
                        KafkaStreamsConfig.Guarantee.EXACTLY_ONCE_V2,
                        1,
                        Duration.ofMillis(100),
                        "data/state",
                        KafkaStreamsConfig.GroupProtocol.CLASSIC));
        assertThat(settings.get(TopicsConfig.class)).isEqualTo(new TopicsConfig("", ""));
        OutputConfig output = new OutputConfig(true, OutputConfig.Tickets.REVIEW, OutputConfig.Tickets.REVIEW);
        assertThat(settings.get(ScoringConfig.class))
                .isEqualTo(new ScoringConfig(1_048_576, "config/rules.yaml", "", 100, output));
        assertThat(settings.get(CorrectionsConfig.class))
                .isEqualTo(new CorrectionsConfig(Duration.ofDays(30), "config/taxonomy.yaml"));
        assertThat(settings.get(HttpConfig.class)).isEqualTo(new HttpConfig("127.0.0.1", 8080));
    }

    @Test
    void shouldShipAFileThatSaysEveryDefaultAndNothingElse() throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>(KafkaClientsConfig.DEFAULTS);
        Settings.ALL.forEach((name, key) -> defaults.put(name, key.setting().value()));
        try (InputStream in = Files.newInputStream(SHIPPED)) {
            SettingsFile file = SettingsFile.read(in, SHIPPED.toString());
            assertThat(file.problems()).isEmpty();
            Map<String, String> values = new LinkedHashMap<>();
            file.values().forEach((name, given) -> values.put(name, given.value()));
            assertThat(values).containsExactlyInAnyOrderEntriesOf(defaults);
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
        assertThat(Settings.ALL.keySet())
                .allSatisfy(name ->
                        assertThat(comments.get(name)).as(name).isNotNull().hasSizeGreaterThan(20));
    }

    /** One value other than the default for every setting, and what the program gets. */
    static Stream<Arguments> everyMapping() {
        return Stream.of(
                mapping(
                        "triage.bootstrap.servers",
                        "TRIAGE_BOOTSTRAP_SERVERS",
                        "a:1, b:2",
                        KafkaClientsConfig.class,
                        KafkaClientsConfig::bootstrapServers,
                        "a:1, b:2"),
                mapping(
                        "triage.application.id",
                        "TRIAGE_APPLICATION_ID",
                        "other",
                        KafkaStreamsConfig.class,
                        KafkaStreamsConfig::applicationId,
                        "other"),
                mapping(
                        "triage.topic.prefix",
                        "TRIAGE_TOPIC_PREFIX",
                        "eu.",
                        TopicsConfig.class,
                        TopicsConfig::prefix,
                        "eu."),
                mapping(
                        "triage.dlq.suffix",
                        "TRIAGE_DLQ_SUFFIX",
                        "-x",
                        TopicsConfig.class,
                        TopicsConfig::dlqSuffix,
                        "-x"),
                mapping(
                        "triage.processing.guarantee",
                        "TRIAGE_PROCESSING_GUARANTEE",
                        "AT_LEAST_ONCE",
                        KafkaStreamsConfig.class,
                        KafkaStreamsConfig::guarantee,
                        KafkaStreamsConfig.Guarantee.AT_LEAST_ONCE),
                mapping(
                        "triage.stream.threads",
                        "TRIAGE_STREAM_THREADS",
                        "4",
                        KafkaStreamsConfig.class,
                        KafkaStreamsConfig::threads,
                        4),
                mapping(
                        "triage.commit.interval",
                        "TRIAGE_COMMIT_INTERVAL",
                        "2 s",
                        KafkaStreamsConfig.class,
                        KafkaStreamsConfig::commitInterval,
                        Duration.ofSeconds(2)),
                mapping(
                        "triage.max.ticket.bytes",
                        "TRIAGE_MAX_TICKET_BYTES",
                        "64KiB",
                        ScoringConfig.class,
                        ScoringConfig::maxTicketBytes,
                        65_536),
                mapping(
                        "triage.output.scores",
                        "TRIAGE_OUTPUT_SCORES",
                        "False",
                        OutputConfig.class,
                        OutputConfig::scores,
                        false),
                mapping(
                        "triage.output.explanation",
                        "TRIAGE_OUTPUT_EXPLANATION",
                        "all",
                        OutputConfig.class,
                        OutputConfig::explanation,
                        OutputConfig.Tickets.ALL),
                mapping(
                        "triage.output.human-readable",
                        "TRIAGE_OUTPUT_HUMAN_READABLE",
                        "none",
                        OutputConfig.class,
                        OutputConfig::humanReadable,
                        OutputConfig.Tickets.NONE),
                mapping(
                        "triage.shadow.sample.percent",
                        "TRIAGE_SHADOW_SAMPLE_PERCENT",
                        "25",
                        ScoringConfig.class,
                        ScoringConfig::shadowSamplePercent,
                        25),
                mapping(
                        "triage.rules.file",
                        "TRIAGE_RULES_FILE",
                        "r.yaml",
                        ScoringConfig.class,
                        ScoringConfig::rulesFile,
                        "r.yaml"),
                mapping(
                        "triage.taxonomy.file",
                        "TRIAGE_TAXONOMY_FILE",
                        "t.yaml",
                        CorrectionsConfig.class,
                        CorrectionsConfig::taxonomyFile,
                        "t.yaml"),
                mapping(
                        "triage.model.file",
                        "TRIAGE_MODEL_FILE",
                        "m.json",
                        ScoringConfig.class,
                        ScoringConfig::modelFile,
                        "m.json"),
                mapping(
                        "triage.desk.window",
                        "TRIAGE_DESK_WINDOW",
                        "2d",
                        DeskConfig.class,
                        DeskConfig::window,
                        Duration.ofDays(2)),
                mapping("triage.desk.max.open", "TRIAGE_DESK_MAX_OPEN", "7", DeskConfig.class, DeskConfig::maxOpen, 7),
                mapping(
                        "triage.desk.max.recent",
                        "TRIAGE_DESK_MAX_RECENT",
                        "8",
                        DeskConfig.class,
                        DeskConfig::maxRecent,
                        8),
                mapping(
                        "triage.desk.max.bytes",
                        "TRIAGE_DESK_MAX_BYTES",
                        "2 MiB",
                        DeskConfig.class,
                        DeskConfig::maxBytes,
                        2 << 20),
                mapping(
                        "triage.desk.claim",
                        "TRIAGE_DESK_CLAIM",
                        "30s",
                        DeskConfig.class,
                        DeskConfig::claim,
                        Duration.ofSeconds(30)),
                mapping(
                        "triage.desk.tokens.file",
                        "TRIAGE_DESK_TOKENS_FILE",
                        "tokens",
                        DeskConfig.class,
                        DeskConfig::tokensFile,
                        "tokens"),
                mapping(
                        "triage.desk.proxy.header",
                        "TRIAGE_DESK_PROXY_HEADER",
                        "X-User",
                        DeskConfig.class,
                        DeskConfig::proxyHeader,
                        "X-User"),
                mapping(
                        "triage.desk.proxy.secret",
                        "TRIAGE_DESK_PROXY_SECRET",
                        "0123456789abcdef",
                        DeskConfig.class,
                        DeskConfig::proxySecret,
                        "0123456789abcdef"),
                mapping(
                        "triage.desk.learn.command",
                        "TRIAGE_DESK_LEARN_COMMAND",
                        "triage learn",
                        DeskConfig.class,
                        DeskConfig::learnCommand,
                        "triage learn"),
                mapping(
                        "triage.http.host",
                        "TRIAGE_HTTP_HOST",
                        "0.0.0.0",
                        HttpConfig.class,
                        HttpConfig::host,
                        "0.0.0.0"),
                mapping("triage.http.port", "TRIAGE_HTTP_PORT", "0", HttpConfig.class, HttpConfig::port, 0),
                mapping(
                        "triage.corrections.retention",
                        "TRIAGE_CORRECTIONS_RETENTION",
                        "12h",
                        CorrectionsConfig.class,
                        CorrectionsConfig::retention,
                        Duration.ofHours(12)),
                mapping(
                        "triage.state.dir",
                        "TRIAGE_STATE_DIR",
                        "/var/triage",
                        KafkaStreamsConfig.class,
                        KafkaStreamsConfig::stateDirectory,
                        "/var/triage"),
                mapping(
                        "triage.group.protocol",
                        "TRIAGE_GROUP_PROTOCOL",
                        "streams",
                        KafkaStreamsConfig.class,
                        KafkaStreamsConfig::groupProtocol,
                        KafkaStreamsConfig.GroupProtocol.STREAMS));
    }

    private static <R extends Record, T> Arguments mapping(
            String name, String variable, String text, Class<R> record, Function<R, T> component, T value) {
        Function<Settings, T> read = settings -> component.apply(settings.get(record));
        return Arguments.of(name, variable, text, read, value);
    }

    @Test
    void shouldTestEveryMapping() {
        assertThat(everyMapping().map(mapping -> mapping.get()[0]))
                .containsExactlyInAnyOrderElementsOf(Settings.ALL.keySet());
    }

    @ParameterizedTest
    @MethodSource("everyMapping")
    void shouldReadTheSameFromFileEnvironmentAndOverride(
            String name, String variable, String text, Function<Settings, ?> component, Object value) throws Exception {
        assertThat(Settings.environmentName(name)).isEqualTo(variable);
        assertThat(component.apply(read(name + "=" + text))).isEqualTo(value);
        assertThat(component.apply(read("", Map.of(variable, text)))).isEqualTo(value);
        assertThat(component.apply(read("", Map.of(), name + "=" + text))).isEqualTo(value);
    }

    @Test
    void shouldLetOverrideBeatEnvironmentBeatFile() throws Exception {
        String file = "triage.http.port=1\nkafka.producer.linger.ms=1";
        Map<String, String> environment = Map.of("TRIAGE_HTTP_PORT", "2", "TRIAGE_KAFKA_PRODUCER_LINGER_MS", "2");
        assertThat(read(file).get(HttpConfig.class).port()).isEqualTo(1);
        assertThat(read(file).get(KafkaClientsConfig.class).producer()).containsEntry("linger.ms", "1");
        assertThat(read(file, environment).get(HttpConfig.class).port()).isEqualTo(2);
        assertThat(read(file, environment).get(KafkaClientsConfig.class).producer())
                .containsEntry("linger.ms", "2");
        Settings overridden = read(file, environment, "triage.http.port=3", "kafka.producer.linger.ms=3");
        assertThat(overridden.get(HttpConfig.class).port()).isEqualTo(3);
        assertThat(overridden.get(KafkaClientsConfig.class).producer()).containsEntry("linger.ms", "3");
    }

    @Test
    void shouldPassKafkaPropertiesToTheRightClients() throws Exception {
        Settings settings = read("""
                triage.bootstrap.servers=k:9
                kafka.security.protocol=SSL
                kafka.producer.delivery.timeout.ms=90000
                kafka.consumer.max.poll.records=7
                kafka.streams.num.standby.replicas=2
                """);
        KafkaClientsConfig clients = settings.get(KafkaClientsConfig.class);
        assertThat(clients.admin())
                .containsOnly(Map.entry("bootstrap.servers", "k:9"), Map.entry("security.protocol", "SSL"));
        assertThat(clients.producer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("delivery.timeout.ms", "90000")
                .doesNotContainKeys("max.poll.records", "num.standby.replicas");
        assertThat(clients.consumer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("max.poll.records", "7")
                .doesNotContainKeys("delivery.timeout.ms", "num.standby.replicas");
        assertThat(settings.get(KafkaStreamsConfig.class).properties("drift"))
                .containsEntry("application.id", "ticket-triage-drift")
                .containsEntry("bootstrap.servers", "k:9")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("producer.delivery.timeout.ms", "90000")
                .containsEntry("consumer.max.poll.records", "7")
                .containsEntry("num.standby.replicas", "2")
                .containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void shouldGiveDefaultsThatKafkasOwnClientsAccept() throws Exception {
        Settings settings = read("");
        KafkaClientsConfig clients = settings.get(KafkaClientsConfig.class);
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
                new StreamsConfig(settings.get(KafkaStreamsConfig.class).properties("scoring"));
        assertThat(streams.getProducerConfigs("client"))
                .containsEntry("linger.ms", "5")
                .containsEntry("transaction.timeout.ms", "5000");
        assertThat(streams.getMainConsumerConfigs("group", "client", 0)).containsEntry("session.timeout.ms", "6000");
        assertThat(settings.get(KafkaStreamsConfig.class).properties("scoring").keySet().stream()
                        .filter(name -> !name.startsWith("producer.") && !name.startsWith("consumer.")))
                .isSubsetOf(StreamsConfig.configDef().names());
    }

    @Test
    void shouldReportEverythingThatIsWrongAtOnceWithItsPlace() {
        List<String> problems = problems(
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
        assertThat(problems)
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
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.bootstrap.servers, triage.bootstrap.servers",
        "kafka.streams.application.id, triage.application.id",
        "kafka.streams.processing.guarantee, triage.processing.guarantee",
        "kafka.streams.errors.dead.letter.queue.topic.name, triage.dlq.suffix",
    })
    void shouldSayWhatToSetInsteadOfAKeyThatIsNotRead(String key, String instead) {
        assertThat(problems(key + "=x", Map.of()))
                .singleElement()
                .asString()
                .startsWith("f:1: " + key + " is not read; set " + instead);
        assertThat(problems("", Map.of(Settings.environmentName(key), "x"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.consumer.isolation.level, read_uncommitted, read_committed:",
        "kafka.isolation.level, read_uncommitted, read_committed:",
        "kafka.streams.main.consumer.isolation.level, read_uncommitted, read_committed:",
        "kafka.producer.acks, 1, all:",
        "kafka.streams.producer.acks, 0, all:",
        "kafka.producer.enable.idempotence, false, true:",
        "kafka.producer.max.request.size, 1048576, at least 4194304:",
        "kafka.producer.max.request.size, much, at least 4194304:",
        "kafka.producer.buffer.memory, 1000000, at least 4194304:",
        "kafka.consumer.fetch.max.bytes, 1024, at least 4194304:",
        "kafka.consumer.max.partition.fetch.bytes, 1024, at least 1048576:",
        "kafka.streams.default.deserialization.exception.handler, a.b.LogAndContinueExceptionHandler, none:",
        "kafka.streams.processing.exception.handler, a.b.LogAndContinueProcessingExceptionHandler, none:",
        "kafka.streams.production.exception.handler, a.b.Ours, none:",
        "kafka.streams.default.timestamp.extractor, a.b.WallclockTimestampExtractor, none:",
        "kafka.producer.transaction.timeout.ms, 100, more than the 100 ms of triage.commit.interval:",
    })
    void shouldRefuseAKafkaPropertyThatCouldLoseOrDoubleTickets(String key, String value, String expected) {
        assertThat(problems(key + "=" + value, Map.of()))
                .singleElement()
                .asString()
                .startsWith("f:1: " + key + " is \"" + value + "\", expected " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.producer.acks, -1",
        "kafka.producer.acks, ALL",
        "kafka.producer.max.request.size, 8388608",
        "kafka.producer.transaction.timeout.ms, 101",
        "kafka.streams.processing.exception.handler, a.b.LogAndFailProcessingExceptionHandler",
    })
    void shouldTakeAKafkaPropertyThatKeepsThePromise(String key, String value) throws Exception {
        assertThat(read(key + "=" + value).get(KafkaClientsConfig.class).passThrough())
                .containsEntry(key, value);
    }

    @Test
    void shouldRefuseACommitIntervalBeyondTheTimeOutOfTransactionsThatNobodySet() {
        assertThat(problems("triage.commit.interval=10s", Map.of()))
                .singleElement()
                .asString()
                .startsWith(
                        "default: kafka.producer.transaction.timeout.ms is \"5000\", expected more than the 10000 ms");
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
        assertThat(settings.get(ScoringConfig.class).rulesFile()).isEqualTo("config/größe.yaml");
    }

    private static Settings read(String file) throws IOException {
        return read(file, Map.of());
    }

    private static Settings read(String file, Map<String, String> environment, String... overrides) throws IOException {
        SettingsFile settings = SettingsFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)), "f");
        return Settings.read(settings, environment, List.of(overrides));
    }

    private static List<String> problems(String file, Map<String, String> environment, String... overrides) {
        IOException e = catchThrowableOfType(IOException.class, () -> read(file, environment, overrides));
        List<String> problems = String.valueOf(e.getMessage())
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
        assertThat(e)
                .hasMessageStartingWith("the configuration has " + problems.size()
                        + (problems.size() == 1 ? " problem:\n  " : " problems:\n  "));
        return problems;
    }
}
