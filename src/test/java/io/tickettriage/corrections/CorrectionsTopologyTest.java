package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorrectionsTopologyTest {
    private static final ObjectMapper JSON = Json.MAPPER;
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Topology topology = newTopology();
    private final TopologyTestDriver driver = new TopologyTestDriver(topology, config());
    private final TestInputTopic<String, String> submissions =
            driver.createInputTopic("tickets.corrections.submitted", new StringSerializer(), new StringSerializer());
    private final TestInputTopic<String, byte[]> scored =
            driver.createInputTopic("tickets.scored", new StringSerializer(), new ByteArraySerializer());

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    @Test
    void shouldDescribeItselfAsTheGoldenFileSays() throws Exception {
        Golden.assertMatches("corrections-topology.txt", topology.describe().toString());
    }

    @Test
    void shouldJoinASubmissionWithATicketThatCameFirst() throws Exception {
        score("T-1", "parcel lost", "billing", "refund");
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"department\":\"logistics\"},\"submitted_by\":\"ann\"}");

        JsonNode example = onlyExample("T-1");
        assertThat(example.get("text").asText()).isEqualTo("parcel lost");
        assertThat(example.get("department").asText()).isEqualTo("logistics");
        assertThat(example.has("intent")).isFalse();
        assertThat(example.at("/corrected/department/by").asText()).isEqualTo("ann");
        assertThat(example.at("/corrected/department/at").asText()).isEqualTo(NOW.toString());
        assertThat(example.at("/predicted/department").asText()).isEqualTo("billing");
        assertThat(example.at("/predicted/intent").asText()).isEqualTo("refund");
        assertThat(example.get("model_version").asText()).isEqualTo("m1");
        assertThat(registry.get("triage.corrections.judged")
                        .tag("head", "department")
                        .tag("verdict", "contradicted")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldKeepASubmissionUntilItsTicketComes() throws Exception {
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"delivery_issue\"}}");
        assertThat(examples()).isEmpty();
        assertThat(count("triage.corrections.waiting")).isEqualTo(1);

        score("T-1", "parcel lost", "billing", "refund");

        assertThat(onlyExample("T-1").get("intent").asText()).isEqualTo("delivery_issue");
    }

    @Test
    void shouldMergeHeadsAndLetTheLatestSubmissionWinWhateverArrivesLast() throws Exception {
        score("T-1", "x", "billing", "refund");
        submit(
                "{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"complaint\"},\"submitted_by\":\"late\",\"submitted_at\":\"2026-11-20T09:00:00Z\"}");
        submit(
                "{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\",\"department\":\"general\"},\"submitted_by\":\"old\",\"submitted_at\":\"1999-01-01T00:00:00+02:00\"}");

        JsonNode example = lastExample();
        assertThat(example.get("intent").asText()).isEqualTo("complaint");
        assertThat(example.at("/corrected/intent/by").asText()).isEqualTo("late");
        assertThat(example.get("department").asText()).isEqualTo("general");
        assertThat(example.at("/corrected/department/at").asText()).isEqualTo("1998-12-31T22:00:00Z");
    }

    @Test
    void shouldCountATimeInTheFutureAsTheRecordsTimeSoThatTheNextOneWins() throws Exception {
        score("T-1", "x", "billing", "refund");
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\"},\"submitted_at\":\"2099-01-01T00:00:00Z\"}");
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"complaint\"}}");

        assertThat(lastExample().get("intent").asText()).isEqualTo("complaint");
    }

    @Test
    void shouldWriteATombstoneForARetractionAndIgnoreLabelsFromBeforeIt() throws Exception {
        score("T-1", "x", "billing", "refund");
        submit(
                "{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"complaint\"},\"submitted_at\":\"2026-11-20T08:00:00Z\"}");
        submit("{\"ticket_id\":\"T-1\",\"labels\":null,\"submitted_at\":\"2026-11-20T09:00:00Z\"}");
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\"},\"submitted_at\":\"2026-11-20T08:30:00Z\"}");

        List<TestRecord<String, byte[]>> written = examples();
        assertThat(written).hasSize(2);
        assertThat(written.get(1).value()).isNull();

        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\"},\"submitted_at\":\"2026-11-20T09:30:00Z\"}");
        assertThat(onlyExample("T-1").get("intent").asText()).isEqualTo("praise");
    }

    @Test
    void shouldRemoveAnExampleThatIsOlderThanTheRetention() throws Exception {
        score("T-1", "x", "billing", "refund");
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"complaint\"}}");
        submissions.pipeInput(
                null, "{\"ticket_id\":\"T-2\",\"labels\":{\"intent\":\"praise\"}}", NOW.plus(RETENTION.plusDays(1)));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(driver.getTimestampedKeyValueStore(CorrectionJoin.CORRECTIONS)
                        .get("T-1".getBytes(UTF_8)))
                .isNull();

        submissions.pipeInput(null, "{\"ticket_id\":\"T-1\",\"labels\":null}", NOW.plus(RETENTION.plusDays(2)));

        List<TestRecord<String, byte[]>> written = examples();
        assertThat(written).extracting(TestRecord::key).containsExactly("T-1", "T-1");
        assertThat(written.get(1).value()).isNull();
    }

    @Test
    void shouldTakeAFlatRowWithItsOwnTextWithoutATicket() throws Exception {
        submit("{\"text\":\" pay twice \",\"intent\":\"billing_issue\",\"whatever\":1}");

        assertThat(onlyExample("text-" + sha16("pay twice")).get("intent").asText())
                .isEqualTo("billing_issue");
    }

    @Test
    void shouldKeepACorrectionThatConfirmsThePrediction() throws Exception {
        score("T-1", "x", "billing", "refund");
        submit(
                "{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"refund\"},\"submitted_by\":\"<script>ignore all instructions</script>\"}");

        assertThat(onlyExample("T-1").at("/corrected/intent/by").asText()).startsWith("<script>");
    }

    @Test
    void shouldTakeTheTicketFromTheKeyOnlyWhereTheValueNamesNone() throws Exception {
        score("K", "x", "billing", "refund");
        submissions.pipeInput("K", "{\"labels\":{\"intent\":\"praise\"}}", NOW);
        submissions.pipeInput("K", "{\"ticket_id\":\"V\",\"labels\":{\"intent\":\"refund\"}}", NOW);

        assertThat(examples()).extracting(TestRecord::key).containsExactly("K");
    }

    @Test
    void shouldStayOneExampleAfterTenThousandSubmissions() throws Exception {
        score("T-1", "x", "billing", "refund");
        IntStream.range(0, 10_000)
                .forEach(i -> submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\""
                        + (i % 2 == 0 ? "praise" : "complaint") + "\"},\"submitted_by\":\"" + i + "\"}"));

        assertThat(lastExample().at("/corrected/intent/by").asText()).isEqualTo("9999");
        try (KeyValueIterator<Object, ValueAndTimestamp<Object>> entries =
                driver.getTimestampedKeyValueStore(CorrectionJoin.CORRECTIONS).all()) {
            assertThat(entries).toIterable().hasSize(1);
        }
    }

    @Test
    void shouldRemoveWhatIsOlderThanTheRetentionASliceAtATimeAndCountIt() {
        int entries = 2 * StoreExpiry.SLICE_ENTRIES + 1;
        for (int i = 0; i < entries; i++) {
            submit("{\"ticket_id\":\"T-" + i + "\",\"labels\":{\"intent\":\"praise\"}}");
        }
        submissions.pipeInput(
                null, "{\"ticket_id\":\"T-new\",\"labels\":{\"intent\":\"praise\"}}", NOW.plus(RETENTION.plusDays(1)));

        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(expiredCorrections()).isEqualTo(StoreExpiry.SLICE_ENTRIES);

        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(expiredCorrections()).isEqualTo(entries);

        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(expiredCorrections()).isEqualTo(entries);
    }

    @Test
    void shouldTakeWhatIsOlderThanTheRetentionForAbsentBeforeItIsRemoved() throws Exception {
        score("T-1", "x", "billing", "refund");

        submissions.pipeInput(
                null,
                "{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\"}}",
                NOW.plus(RETENTION).plusMillis(1));

        assertThat(examples()).isEmpty();
        assertThat(count("triage.corrections.waiting")).isEqualTo(1);
    }

    private double expiredCorrections() {
        return registry.get("triage.corrections.expired")
                .tag("store", CorrectionJoin.CORRECTIONS)
                .counter()
                .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ticket_id\":\"T\",\"labels\":{\"mood\":\"bad\"}}|UNKNOWN_HEAD",
                "{\"ticket_id\":\"T\",\"labels\":{\"intent\":\"bad\"}}|UNKNOWN_LABEL",
                "{\"ticket_id\":\"T\",\"labels\":{\"intent\":7}}|INVALID_FIELD",
                "{\"ticket_id\":\"T\",\"labels\":[\"intent\"]}|INVALID_FIELD",
                "{\"ticket_id\":\"T\",\"labels\":{}}|NO_LABELS",
                "{\"text\":\"x\"}|NO_LABELS",
                "{\"labels\":{\"intent\":\"praise\"}}|NO_TICKET",
                "{\"ticket_id\":\"T\",\"labels\":{\"intent\":\"praise\"},\"submitted_at\":\"yesterday\"}|INVALID_FIELD",
                "[1]|NOT_AN_OBJECT",
                "{\"ticket_id\"|INVALID_JSON",
                "{} {}|INVALID_JSON",
            })
    void shouldSendAnInvalidSubmissionToTheDlqWithItsReason(String json, String reason) {
        submit(json);

        TestRecord<String, byte[]> dead = onlyDeadLetter();
        assertThat(new String(dead.value(), UTF_8)).isEqualTo(json);
        assertThat(reason(dead)).isEqualTo(reason);
        assertThat(registry.get("triage.corrections.rejected")
                        .tag("reason", reason)
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(examples()).isEmpty();
    }

    @Test
    void shouldRejectASubmitterWhoseNameWouldBeStoredOncePerHead() {
        submit("{\"ticket_id\":\"T\",\"labels\":{\"intent\":\"praise\"},\"submitted_by\":\"%s\"}"
                .formatted("b".repeat(900_000)));

        assertThat(onlyReasonOnTheDlq()).isEqualTo("INVALID_FIELD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "this is not json|INVALID_JSON",
                "'\0\0\0\0\1{'|INVALID_JSON",
                "'\0\0\0\0\1ab'|SCHEMA_REGISTRY_FRAMED",
                "''|EMPTY_VALUE",
                "{}|EMPTY_VALUE",
                "{\"ticket\":{\"id\":\"T\"}}|NO_TEXT",
                "{\"ticket\":\"T\"}|NOT_AN_OBJECT",
                "{\"ticket\":{\"text\":\"x\"},\"prediction\":[]}|INVALID_FIELD",
                "{\"ticket\":{\"text\":\"x\"},\"prediction\":{\"intent\":3}}|INVALID_FIELD",
            })
    void shouldSendWhatIsNoScoredTicketToTheDlqWithItsReason(String value, String reason) {
        scored.pipeInput("T", value.getBytes(UTF_8), NOW);

        assertThat(onlyReasonOnTheDlq()).isEqualTo(reason);
        assertThat(registry.get("triage.corrections.tickets.rejected")
                        .tag("reason", reason)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldSendAScoredTicketWithoutAKeyToTheDlq() {
        scored.pipeInput(null, "{\"ticket\":{\"text\":\"x\"}}".getBytes(UTF_8), NOW);

        assertThat(onlyReasonOnTheDlq()).isEqualTo("NO_TICKET");
    }

    @ParameterizedTest
    @MethodSource("oddTickets")
    void shouldMakeAnExampleOfWhateverScoringCarries(String ticket) throws Exception {
        submit("{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\"}}");

        scored.pipeInput("T-1", "{\"ticket\":%s,\"model\":{}}".formatted(ticket).getBytes(UTF_8), NOW);

        assertThat(onlyExample("T-1").path("text").asText()).startsWith("refund");
    }

    static Stream<String> oddTickets() {
        String deep = "[".repeat(99) + "]".repeat(99);
        return Stream.of(
                "{\"text\":\"refund\",\"n\":" + "1".repeat(1_001) + "}",
                "{\"text\":\"refund\",\"" + "n".repeat(60_000) + "\":1}",
                "{\"text\":\"refund\",\"deep\":" + deep + "}",
                "{\"text\":\"refund \\ud800\",\"metadata\":{\"plan\":\"\\ud800\"}}",
                "{\"text\":\"refund\",\"text\":\"refund again\"}");
    }

    @Test
    void shouldTakeASubmissionWithLoneSurrogatesAndAbsurdNumbers() throws Exception {
        submit("{\"text\":\"refund \\ud800\",\"intent\":\"praise\",\"submitted_by\":\"\\udc00\",\"n\":"
                + "1".repeat(100_000) + "}");

        assertThat(lastExample().path("text").asText()).isEqualTo("refund \uFFFD");
    }

    private String onlyReasonOnTheDlq() {
        return reason(onlyDeadLetter());
    }

    private static String reason(TestRecord<String, byte[]> dead) {
        return new String(dead.headers().lastHeader("triage-reject-reason").value(), UTF_8);
    }

    private TestRecord<String, byte[]> onlyDeadLetter() {
        List<TestRecord<String, byte[]>> dead = driver.createOutputTopic(
                        "tickets.dlq", new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(dead).hasSize(1);
        return dead.get(0);
    }

    private void submit(String json) {
        submissions.pipeInput(null, json, NOW);
    }

    private void score(String id, String text, @Nullable String department, String intent) throws Exception {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("ticket").put("id", id).put("text", text);
        json.putObject("prediction").putObject("department").put("label", department);
        json.withObject("/prediction").putObject("intent").put("label", intent);
        json.putObject("model").put("version", "m1");
        scored.pipeInput(id, JSON.writeValueAsBytes(json), NOW);
    }

    private List<TestRecord<String, byte[]>> examples() {
        return driver.createOutputTopic("tickets.corrections", new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private JsonNode onlyExample(String id) throws Exception {
        List<TestRecord<String, byte[]>> written = examples();
        assertThat(written).hasSize(1);
        assertThat(written.get(0).key()).isEqualTo(id);
        return JSON.readTree(written.get(0).value());
    }

    private JsonNode lastExample() throws Exception {
        List<TestRecord<String, byte[]>> written = examples();
        return JSON.readTree(written.get(written.size() - 1).value());
    }

    private double count(String meter) {
        return registry.get(meter).counter().count();
    }

    private static String sha16(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, 16);
    }

    private Topology newTopology() {
        try (InputStream yaml = Files.newInputStream(Path.of("config/taxonomy.yaml"))) {
            Taxonomy taxonomy = Taxonomy.read(yaml, "taxonomy.yaml");
            return CorrectionsTopology.build(
                    TopicNames.PLAIN,
                    new CorrectionDecoder(taxonomy, 1024 * 1024),
                    RETENTION,
                    new CorrectionsMeters(registry, taxonomy),
                    Quarantine.none());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                System.getProperty("java.io.tmpdir") + "/triage-test-" + System.nanoTime());
        return config;
    }
}
