package io.tickettriage.verify.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.verify.history.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker on a history that is good, and on the same with one thing wrong: each must be found, by its name. */
class HistoryCheckerTest {
    private static final TopicNames NAMES = TopicNames.PLAIN;
    private static final String QUEUE = NAMES.queue("billing");
    private static final String BROKEN = "{broken";
    private static final String NO_LABELS = "{}";

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

    /** A model named {@code m1} that sends every ticket to billing, but for {@link #BROKEN}. */
    private static final Oracle ORACLE = new Oracle() {
        @Override
        public Optional<Expected> ticket(ConsumerRecord<byte[], byte[]> raw, String modelVersion) {
            return modelVersion.equals("m1") ? Optional.of(ticket(raw)) : Optional.empty();
        }

        @Override
        public Expected ticket(ConsumerRecord<byte[], byte[]> raw) {
            String value = new String(raw.value(), UTF_8);
            return value.equals(BROKEN)
                    ? new Rejected("INVALID_JSON")
                    : new Routed("billing", scored(value, "billing").getBytes(UTF_8));
        }

        @Override
        public Expected submission(ConsumerRecord<byte[], byte[]> submitted) {
            String value = new String(submitted.value(), UTF_8);
            if (value.equals(NO_LABELS)) {
                return new Rejected("NO_LABELS");
            }
            String[] parts = value.split(" ", -1);
            Optional<Map<String, String>> labels =
                    parts[2].equals("none") ? Optional.empty() : Optional.of(Map.of("intent", parts[2]));
            return new Accepted(new CorrectionSubmission(
                    parts[0], Optional.empty(), labels, "ann", Instant.ofEpochSecond(Long.parseLong(parts[1]))));
        }
    };

    HistoryCheckerTest() {
        add(NAMES.raw(), "t-0", "A", ticket("A", 1));
        add(NAMES.raw(), "t-1", "B", ticket("B", 1));
        add(NAMES.raw(), "t-2", "A", ticket("A", 2));
        add(NAMES.raw(), "t-3", "C", BROKEN);
        for (String topic : List.of(QUEUE, NAMES.scored())) {
            addScored(topic, "t-0", "A", scored(ticket("A", 1), "billing"));
            addScored(topic, "t-1", "B", scored(ticket("B", 1), "billing"));
            addScored(topic, "t-2", "A", scored(ticket("A", 2), "billing"));
        }
        addDead(NAMES.raw(), 3, "t-3", "C", BROKEN, "INVALID_JSON");
        add(NAMES.scored(), "hs-0", "junk", "junk");
        addDead(NAMES.scored(), 3, "hs-0", "junk", "junk", "INVALID_JSON");
        add(NAMES.correctionsSubmitted(), "c-0", "A", "A 100 refund");
        add(NAMES.correctionsSubmitted(), "c-1", "A", "A 50 praise");
        add(NAMES.correctionsSubmitted(), "c-2", "B", "B 70 refund");
        add(NAMES.correctionsSubmitted(), "c-3", "B", "B 80 none");
        add(NAMES.correctionsSubmitted(), "c-4", "Z", "Z 80 refund");
        add(NAMES.correctionsSubmitted(), "c-5", "Z", NO_LABELS);
        addDead(NAMES.correctionsSubmitted(), 5, "c-5", "Z", NO_LABELS, "NO_LABELS");
        add(NAMES.corrections(), "", "A", example("praise", 50));
        add(NAMES.corrections(), "", "A", example("refund", 100));
    }

    @Test
    void shouldFindNothingInAGoodHistory() {
        assertThat(check()).isEmpty();
    }

    @Test
    void shouldFindALostTicket() {
        of(QUEUE).remove(1);
        of(NAMES.scored()).remove(1);

        assertThat(check()).containsExactly(Kind.LOST);
    }

    @Test
    void shouldFindALostReject() {
        of(NAMES.dlq()).remove(0);

        assertThat(check()).containsExactly(Kind.LOST);
    }

    @Test
    void shouldFindALostRejectOfAnotherTopic() {
        of(NAMES.dlq()).remove(2);
        of(NAMES.dlq()).remove(1);

        assertThat(check()).containsExactly(Kind.LOST, Kind.LOST);
    }

    @Test
    void shouldFindADoubledTicket() {
        addScored(QUEUE, "t-2", "A", scored(ticket("A", 2), "billing"));
        addScored(NAMES.scored(), "t-2", "A", scored(ticket("A", 2), "billing"));

        assertThat(check()).containsExactly(Kind.DOUBLED);
    }

    @Test
    void shouldFindADoubledDeadLetter() {
        addDead(NAMES.raw(), 3, "t-3", "C", BROKEN, "INVALID_JSON");

        assertThat(check()).containsExactly(Kind.DOUBLED);
    }

    @Test
    void shouldFindATicketThatIsInAQueueAndOnTheDlq() {
        addDead(NAMES.raw(), 1, "t-1", "B", ticket("B", 1), "INVALID_JSON");

        assertThat(check()).containsExactlyInAnyOrder(Kind.DOUBLED, Kind.DEAD_LETTER_WRONG);
    }

    @Test
    void shouldFindAnOutputWithoutAnInput() {
        addScored(QUEUE, "t-99", "A", scored(ticket("A", 9), "billing"));

        assertThat(check()).contains(Kind.INVENTED);
    }

    @Test
    void shouldFindReorderedTicketsOfOneId() {
        for (String topic : List.of(QUEUE, NAMES.scored())) {
            of(topic).add(0, of(topic).remove(2));
        }

        assertThat(check())
                .containsOnly(Kind.REORDERED, Kind.CORRECTION_DIFFERS)
                .hasSize(3);
    }

    @Test
    void shouldNotMindTheOrderOfTicketsOfDifferentIds() {
        of(QUEUE).add(0, of(QUEUE).remove(1));

        assertThat(check()).isEmpty();
    }

    @Test
    void shouldFindAnAlteredTicket() {
        for (String topic : List.of(QUEUE, NAMES.scored())) {
            of(topic).remove(1);
            addScored(topic, "t-1", "B", scored(ticket("B", 7), "billing"));
        }

        assertThat(check()).containsExactly(Kind.NOT_REPRODUCIBLE);
    }

    @Test
    void shouldFindAnUnknownModel() {
        of(QUEUE).forEach(record -> HeaderNames.set(record.headers(), HeaderNames.MODEL_VERSION, "m2"));

        assertThat(check()).containsOnly(Kind.NOT_REPRODUCIBLE).hasSize(3);
    }

    @Test
    void shouldFindAMisplacedTicket() {
        ConsumerRecord<byte[], byte[]> billing = of(QUEUE).remove(1);
        add(NAMES.queue("sales"), billing.headers(), "B", new String(billing.value(), UTF_8));

        assertThat(check()).containsExactly(Kind.MISPLACED);
    }

    @Test
    void shouldFindATicketThatIsNotOnTheTopicOfAll() {
        of(NAMES.scored()).remove(1);

        assertThat(check()).containsExactly(Kind.SCORED_DIFFERS);
    }

    @Test
    void shouldFindATicketThatIsTwiceOnTheTopicOfAll() {
        addScored(NAMES.scored(), "t-1", "B", scored(ticket("B", 1), "billing"));

        assertThat(check()).containsExactly(Kind.SCORED_DIFFERS);
    }

    @Test
    void shouldFindOtherBytesOnTheTopicOfAll() {
        of(NAMES.scored()).remove(1);
        addScored(NAMES.scored(), "t-1", "B", scored(ticket("B", 1), "billing") + " ");

        assertThat(check()).containsExactly(Kind.SCORED_DIFFERS);
    }

    @Test
    void shouldFindAWrongCorrection() {
        add(NAMES.corrections(), "", "A", example("praise", 50));

        assertThat(check()).containsExactly(Kind.CORRECTION_DIFFERS);
    }

    @Test
    void shouldFindACorrectionThatIsMissing() {
        of(NAMES.corrections()).clear();

        assertThat(check()).containsExactly(Kind.CORRECTION_DIFFERS);
    }

    @Test
    void shouldFindACorrectionThatNobodyMade() {
        add(NAMES.corrections(), "", "B", example("refund", 70));

        assertThat(check()).containsExactly(Kind.CORRECTION_DIFFERS);
    }

    @Test
    void shouldFindAnotherReason() {
        HeaderNames.set(of(NAMES.dlq()).get(0).headers(), HeaderNames.REJECT_REASON, "TOO_LARGE");

        assertThat(check()).containsExactly(Kind.DEAD_LETTER_WRONG);
    }

    @Test
    void shouldFindAnAlteredDeadLetter() {
        of(NAMES.dlq()).remove(0);
        addDead(NAMES.raw(), 3, "t-3", "C", BROKEN + " ", "INVALID_JSON");

        assertThat(check()).containsExactly(Kind.DEAD_LETTER_WRONG);
    }

    @Test
    void shouldFindADeadLetterOfNothing() {
        addDead(NAMES.raw(), 77, "t-77", "C", BROKEN, "INVALID_JSON");

        assertThat(check()).containsExactly(Kind.DEAD_LETTER_WRONG);
    }

    @Test
    void shouldAcceptThatAHostileRecordIsPassedByAndNothingElse() {
        add(NAMES.raw(), "ht-0", "H", ticket("H", 1));
        addDead(NAMES.raw(), 4, "", null, null, "QUARANTINED");

        assertThat(check()).isEmpty();

        add(NAMES.raw(), "t-5", "D", ticket("D", 1));
        addDead(NAMES.raw(), 5, "", null, null, "QUARANTINED");

        assertThat(check()).containsExactly(Kind.DEAD_LETTER_WRONG);
    }

    private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.computeIfAbsent(topic, name -> new ArrayList<>());
    }

    private List<Kind> check() {
        return HistoryChecker.check(new History(NAMES, topics), ORACLE).violations().stream()
                .map(Violation::kind)
                .toList();
    }

    private static String ticket(String id, int seq) {
        return "{\"id\":\"" + id + "\",\"seq\":" + seq + ",\"text\":\"text " + seq + "\",\"metadata\":{\"a\":\"1\"}}";
    }

    private static String scored(String ticket, String queue) {
        return "{\"ticket\":" + ticket
                + ",\"prediction\":{\"intent\":{\"label\":\"complaint\"}},\"routing\":{\"queue\":\"" + queue
                + "\"},\"model\":{\"version\":\"m1\"}}";
    }

    private static String example(String label, int seconds) {
        return "{\"id\":\"A\",\"text\":\"text 2\",\"intent\":\"" + label
                + "\",\"corrected\":{\"intent\":{\"by\":\"ann\",\"at\":\""
                + Instant.ofEpochSecond(seconds)
                + "\"}},\"predicted\":{\"intent\":\"complaint\"},\"metadata\":{\"a\":\"1\",\"seq\":\"2\"},"
                + "\"model_version\":\"m1\"}";
    }

    private void addScored(String topic, String id, String key, String value) {
        Headers headers = headers(id);
        HeaderNames.set(headers, HeaderNames.MODEL_VERSION, "m1");
        HeaderNames.set(headers, HeaderNames.QUEUE, "billing");
        add(topic, headers, key, value);
    }

    private void addDead(
            String topic, int offset, String id, @Nullable String key, @Nullable String value, String reason) {
        Headers headers = headers(id);
        HeaderNames.set(headers, HeaderNames.ERROR_TOPIC, topic);
        HeaderNames.set(headers, HeaderNames.ERROR_PARTITION, "0");
        HeaderNames.set(headers, HeaderNames.ERROR_OFFSET, Integer.toString(offset));
        HeaderNames.set(headers, HeaderNames.REJECT_REASON, reason);
        add(NAMES.dlq(), headers, key, value);
    }

    private void add(String topic, String id, String key, String value) {
        add(topic, headers(id), key, value);
    }

    private static Headers headers(String id) {
        Headers headers = new RecordHeaders();
        if (!id.isEmpty()) {
            HeaderNames.set(headers, History.ID, id);
        }
        return headers;
    }

    private void add(String topic, Headers headers, @Nullable String key, @Nullable String value) {
        List<ConsumerRecord<byte[], byte[]>> records = of(topic);
        records.add(new ConsumerRecord<>(
                topic,
                0,
                records.size(),
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                bytes(key),
                bytes(value),
                headers,
                Optional.empty()));
    }

    @SuppressWarnings("NullAway") // Kafka takes a null key and a null value.
    private static byte[] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
