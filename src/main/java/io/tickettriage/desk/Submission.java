package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.message.LabelledExample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What somebody said about a ticket, as it was sent.
 *
 * @param at when it arrived: the record's time
 * @param by who; untrusted text
 * @param labels head → label; empty where all labels are taken back
 * @param proposed head → a label that does not exist yet
 * @param detail why it was rejected; empty where it is valid
 * @param record where it stands
 * @param idempotencyKey by which its sender knows it again; empty where it has none
 */
record Submission(
        @JsonIgnore String ticketId,
        Instant at,
        String by,
        Optional<Map<String, String>> labels,
        Map<String, String> proposed,
        String note,
        Status status,
        String detail,
        String record,
        @JsonIgnore String idempotencyKey) {
    /** The header that tells a decision that was sent again from a new one. */
    static final String IDEMPOTENCY_KEY = "triage-idempotency-key";

    private static final int MAX_CHARACTERS = 1_000;
    private static final int MAX_LABELS = 64;

    private static final long BYTES_OF_AN_EMPTY_ONE = 350;
    private static final long BYTES_OF_A_LABEL = 40;

    /** Whether the application acts on it. */
    enum Status {
        VALID,
        REJECTED;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The submission in a record of {@code tickets.corrections.submitted}. */
    static Submission of(ConsumerRecord<byte[], byte[]> submitted, CorrectionDecoder decoder) {
        Instant at = Instant.ofEpochMilli(submitted.timestamp());
        DecodedCorrection decoded = decoder.decode(submitted.value(), submitted.key(), at);
        String record = SourcePosition.of(submitted).toString();
        String key = shortened(HeaderNames.text(submitted.headers(), IDEMPOTENCY_KEY));
        JsonNode json = json(submitted);
        Map<String, String> proposed = shortened(json.path("proposed"));
        String note = shortened(json.path("note").asText(""));
        if (decoded instanceof RejectedCorrection rejected) {
            String id = shortened(json.path("ticket_id").asText(""));
            String by = shortened(json.path("submitted_by").asText(""));
            String detail = shortened(rejected.reason() + ": " + rejected.detail());
            Map<String, String> labels = shortened(json.path("labels"));
            return new Submission(
                    id, at, by, Optional.of(labels), proposed, note, Status.REJECTED, detail, record, key);
        }
        CorrectionSubmission said = ((Correction) decoded).submission();
        // Thousands are kept: the few names and labels are kept once.
        String by = said.by().intern();
        Optional<Map<String, String>> labels = said.labels().map(Submission::interned);
        return new Submission(said.ticketId(), at, by, labels, proposed, note, Status.VALID, "", record, key);
    }

    /** About how much memory it takes. */
    @JsonIgnore
    long bytes() {
        long labelled = (long) labels.orElse(Map.of()).size() + proposed.size();
        long characters =
                (long) ticketId.length() + by.length() + note.length() + detail.length() + idempotencyKey.length();
        long names = Stream.of(labels.orElse(Map.of()), proposed)
                .flatMap(given -> given.entrySet().stream())
                .mapToLong(given -> given.getKey().length() + given.getValue().length())
                .sum();
        return BYTES_OF_AN_EMPTY_ONE + BYTES_OF_A_LABEL * labelled + characters + names;
    }

    private static Map<String, String> interned(Map<String, String> labels) {
        Map<String, String> interned = new TreeMap<>();
        labels.forEach((head, label) -> interned.put(head.intern(), label.intern()));
        return interned;
    }

    /** Anything may be sent, and thousands are kept. */
    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
    }

    private static Map<String, String> shortened(JsonNode labels) {
        Map<String, String> kept = new TreeMap<>();
        LabelledExample.scalars(labels).entrySet().stream()
                .limit(MAX_LABELS)
                .forEach(label -> kept.put(shortened(label.getKey()), shortened(label.getValue())));
        return kept;
    }

    private static JsonNode json(ConsumerRecord<byte[], byte[]> submitted) {
        try {
            return submitted.value() == null
                    ? Json.MAPPER.missingNode()
                    : Json.tree(new String(submitted.value(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
