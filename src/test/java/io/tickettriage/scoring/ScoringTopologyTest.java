package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.testing.Golden;
import io.tickettriage.testing.LogCapture;
import io.tickettriage.testing.TestModels;
import io.tickettriage.testing.TestRules;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.TicketDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScoringTopologyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SortedSet<String> QUEUES =
            new TreeSet<>(List.of("billing", "general", "logistics", "sales", "technical", "review"));

    private final ActiveModel activeModel =
            new ActiveModel(TestModels.artifact("m1", 6).model());
    private final Challenger shadow = new Challenger();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Topology topology = ScoringTopology.build(
            TopicNames.PLAIN, QUEUES, this::newScorers, new ScoringMeters(registry, QUEUES), Quarantine.none());
    private final TopologyTestDriver driver = new TopologyTestDriver(topology, config());
    private final TestInputTopic<byte[], byte[]> raw =
            driver.createInputTopic("tickets.raw", new ByteArraySerializer(), new ByteArraySerializer());

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    @Test
    void shouldDescribeItselfAsTheGoldenFileSays() throws Exception {
        Golden.assertMatches("scoring-topology.txt", topology.describe().toString());
    }

    @Test
    void shouldRouteAScoredTicketToItsQueueAndToScored() throws Exception {
        send("K", "{\"subject\":\"refund please\",\"custom\":{\"x\":[1,2]}}", "trace", "abc");

        TestRecord<byte[], byte[]> queued = only("tickets.queue.billing");
        JsonNode json = JSON.readTree(queued.value());
        assertThat(new String(queued.key(), UTF_8)).isEqualTo("K");
        assertThat(json.at("/ticket/id").asText()).isEqualTo("K");
        assertThat(json.at("/ticket/custom/x/1").asInt()).isEqualTo(2);
        assertThat(json.at("/prediction/department/label").asText()).isEqualTo("billing");
        assertThat(json.at("/routing/queue").asText()).isEqualTo("billing");
        assertThat(json.at("/routing/requires_review").asBoolean()).isFalse();
        assertThat(json.at("/intent_top_k").size()).isEqualTo(3);
        assertThat(json.at("/model/version").asText()).isEqualTo("m1");
        assertThat(header(queued, "trace")).isEqualTo("abc");
        assertThat(header(queued, "triage-model-version")).isEqualTo("m1");
        assertThat(header(queued, "triage-queue")).isEqualTo("billing");
        assertThat(header(queued, "triage-intent")).isEqualTo("refund");
        assertThat(only("tickets.scored").value()).isEqualTo(queued.value());
        assertThat(count("triage.tickets.queued", "queue", "billing")).isEqualTo(1);
    }

    @Test
    void shouldRouteToReviewWithItsReasonsWhenConfidenceIsLow() throws Exception {
        send(null, "{\"text\":\"refund crash xyzzy\"}", "triage-review-reason", "forged");

        TestRecord<byte[], byte[]> review = only("tickets.queue.review");
        JsonNode reasons = JSON.readTree(review.value()).at("/routing/reasons");
        assertThat(reasons.get(0).get("reason").asText()).isEqualTo("LOW_CONFIDENCE");
        assertThat(reasons.get(0).get("head").asText()).isEqualTo("department");
        assertThat(reasons.get(0).get("threshold").asDouble()).isEqualTo(0.5);
        assertThat(header(review, "triage-review-reason")).isEqualTo("LOW_CONFIDENCE");
        assertThat(new String(review.key(), UTF_8)).isEqualTo("tickets.raw-0-0");
        assertThat(count("triage.tickets.review", "reason", "LOW_CONFIDENCE")).isEqualTo(2);
    }

    @Test
    void shouldRouteAForeignTextToReview() throws Exception {
        send("K", "{\"text\":\"wo ist mein geld bitte sehr danke refund\"}");

        JsonNode reasons = JSON.readTree(only("tickets.queue.review").value()).at("/routing/reasons");
        assertThat(reasons.get(0).get("reason").asText()).isEqualTo("UNKNOWN_LANGUAGE");
        assertThat(reasons.get(0).get("value").asDouble()).isEqualTo(0.125);
    }

    static Stream<Arguments> rejects() {
        byte[] deep = ("{\"text\":\"x\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(UTF_8);
        return Stream.of(
                Arguments.of(RejectReason.EMPTY_VALUE, null),
                Arguments.of(RejectReason.EMPTY_VALUE, new byte[0]),
                Arguments.of(RejectReason.INVALID_UTF8, new byte[] {'"', (byte) 0xff, '"'}),
                Arguments.of(RejectReason.INVALID_JSON, "{\"text\":".getBytes(UTF_8)),
                Arguments.of(RejectReason.NOT_AN_OBJECT, "42".getBytes(UTF_8)),
                Arguments.of(RejectReason.NO_TEXT, "{\"text\":\"   \"}".getBytes(UTF_8)),
                Arguments.of(RejectReason.TOO_DEEP, deep),
                Arguments.of(RejectReason.INVALID_FIELD, "{\"text\":[]}".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("rejects")
    void shouldSendARejectToTheDlqAsItCameAndGoOn(RejectReason reason, byte[] value) throws Exception {
        byte[] key = {1, (byte) 0xfe};
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", "abc".getBytes(UTF_8));
        try (LogCapture log = LogCapture.of(DeadLetter.class)) {
            raw.pipeInput(new TestRecord<>(key, value, headers, Instant.EPOCH));
            send("next", "{\"text\":\"refund\"}");

            assertThat(log.messages()).hasSize(1).first().asString().startsWith("rejected tickets.raw-0@0: " + reason);
        }
        TestRecord<byte[], byte[]> dead = only("tickets.dlq");
        assertThat(dead.key()).isEqualTo(key);
        assertThat(dead.value()).isEqualTo(value);
        assertThat(header(dead, "trace")).isEqualTo("abc");
        assertThat(header(dead, "triage-reject-reason")).isEqualTo(reason.name());
        assertThat(header(dead, "__streams.errors.topic")).isEqualTo("tickets.raw");
        assertThat(header(dead, "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(dead, "__streams.errors.offset")).isEqualTo("0");
        assertThat(count("triage.tickets.rejected", "reason", reason.name())).isEqualTo(1);
        assertThat(only("tickets.queue.billing").value()).isNotEmpty();
    }

    @Test
    void shouldCutAValueThatIsTooLargeAndSayHowLargeItWas() {
        byte[] value = new byte[3 * 1024 * 1024];
        Arrays.fill(value, (byte) ' ');

        raw.pipeInput(null, value);

        TestRecord<byte[], byte[]> dead = only("tickets.dlq");
        assertThat(dead.value()).hasSize(1024 * 1024);
        assertThat(header(dead, "triage-reject-reason")).isEqualTo("TOO_LARGE");
        assertThat(header(dead, "triage-original-size")).isEqualTo("3145728");
    }

    @Test
    void shouldRejectATextThatGrowsTooLargeWhenItIsWrittenAsJson() {
        byte[] controls = new byte[1024 * 1024];
        Arrays.fill(controls, (byte) 1);
        controls[0] = 'x';
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "text/plain".getBytes(UTF_8));

        raw.pipeInput(new TestRecord<>(null, controls, headers, Instant.EPOCH));

        assertThat(header(only("tickets.dlq"), "triage-reject-reason")).isEqualTo("TOO_LARGE");
    }

    @Test
    void shouldRejectARecordWhoseHeadersCouldNotBeForwarded() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("huge", new byte[8 * 1024 * 1024]);

        raw.pipeInput(new TestRecord<>(null, "{\"text\":\"refund\"}".getBytes(UTF_8), headers, Instant.EPOCH));

        TestRecord<byte[], byte[]> dead = only("tickets.dlq");
        assertThat(dead.value()).isEqualTo("{\"text\":\"refund\"}".getBytes(UTF_8));
        assertThat(header(dead, "triage-reject-reason")).isEqualTo("TOO_LARGE");
        assertThat(dead.headers().lastHeader("huge")).isNull();
    }

    @Test
    void shouldScoreEachRecordWhollyByTheModelThatIsActive() throws Exception {
        send("a", "{\"text\":\"refund\"}");
        activeModel.swap(TestModels.artifact("m2", 6).model());
        send("b", "{\"text\":\"refund\"}");

        List<TestRecord<byte[], byte[]>> scored = all("tickets.queue.billing");
        assertThat(scored).extracting(r -> header(r, "triage-model-version")).containsExactly("m1", "m2");
        assertThat(JSON.readTree(scored.get(1).value()).at("/model/version").asText())
                .isEqualTo("m2");
    }

    @Test
    void shouldKeepTheQueuesByteIdenticalAndReportWhereTheChallengerDisagrees() throws Exception {
        send("a", "{\"text\":\"refund\"}");
        byte[] alone = only("tickets.queue.billing").value();
        shadow.set(Optional.of(TestModels.artifact("challenger", 0.01f).model()));
        send("a", "{\"text\":\"refund\"}");
        shadow.set(Optional.of(TestModels.artifact("twin", 6).model()));
        send("a", "{\"text\":\"refund\"}");

        assertThat(all("tickets.queue.billing")).extracting(TestRecord::value).containsExactly(alone, alone);
        JsonNode disputed = JSON.readTree(only("tickets.shadow").value());
        assertThat(disputed.at("/active/model_version").asText()).isEqualTo("m1");
        assertThat(disputed.at("/active/queue").asText()).isEqualTo("billing");
        assertThat(disputed.at("/shadow/model_version").asText()).isEqualTo("challenger");
        assertThat(disputed.at("/shadow/queue").asText()).isEqualTo("review");
        assertThat(count("triage.shadow.compared", "verdict", "agreed")).isEqualTo(1);
        assertThat(count("triage.shadow.compared", "verdict", "disputed")).isEqualTo(1);
    }

    @Test
    void shouldKeepTheSameSampleOfDisputedTicketsEachTime() {
        ShadowScorer half = new ShadowScorer(shadow, TestRules.none(), 50);

        long kept = IntStream.range(0, 1000).filter(i -> half.keeps("T-" + i)).count();
        assertThat(kept).isBetween(400L, 600L);
        assertThat(new ShadowScorer(shadow, TestRules.none(), 0).keeps("T-1")).isFalse();
        assertThat(new ShadowScorer(shadow, TestRules.none(), 100).keeps("T-1")).isTrue();
    }

    @Test
    void shouldTakeEmojiOnlyTextAsATicketForReview() throws Exception {
        send("K", "{\"text\":\"\uD83D\uDE21\uD83D\uDE21\"}");

        assertThat(only("tickets.queue.review").value()).isNotEmpty();
    }

    private ScoringTopology.Scorers newScorers() {
        return new ScoringTopology.Scorers(newScorer(), new ShadowScorer(shadow, TestRules.none(), 100));
    }

    private TicketScorer newScorer() {
        try {
            return new TicketScorer(
                    activeModel,
                    new TicketDecoder(1024 * 1024),
                    TestRules.none(),
                    Templates.parse(Files.readString(Path.of("config/templates.yaml")), "templates.yaml"),
                    new OutputOptions(true, OutputOptions.For.REVIEW, OutputOptions.For.REVIEW, false));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private void send(@Nullable String key, String value, String... header) {
        RecordHeaders headers = new RecordHeaders();
        if (header.length == 2) {
            headers.add(header[0], header[1].getBytes(UTF_8));
        }
        raw.pipeInput(new TestRecord<>(
                key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8), headers, Instant.EPOCH));
    }

    private List<TestRecord<byte[], byte[]>> all(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private TestRecord<byte[], byte[]> only(String topic) {
        List<TestRecord<byte[], byte[]>> records = all(topic);
        assertThat(records).as(topic).hasSize(1);
        return records.get(0);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), UTF_8);
    }

    private double count(String meter, String tag, String value) {
        return registry.get(meter).tag(tag, value).counter().count();
    }

    private static Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        return config;
    }
}
