package io.tickettriage.corrections;

import static io.tickettriage.ticket.TicketDecoder.MAX_DEPTH;
import static io.tickettriage.ticket.TicketDecoder.MAX_ID_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.Reason;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.format.Sha256;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.taxonomy.LabelProblem;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.Utf8;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a {@code tickets.corrections.submitted} record, against the taxonomy. For use by several threads.
 */
public final class CorrectionDecoder {
    private static final int TEXT_KEY_DIGITS = 16;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Taxonomy taxonomy;
    private final int maxBytes;

    public CorrectionDecoder(Taxonomy taxonomy, int maxBytes) {
        this.taxonomy = taxonomy;
        this.maxBytes = maxBytes;
    }

    /** Decodes one submission; {@code recordTime} counts where it gives no time, or a later one. */
    public DecodedCorrection decode(byte @Nullable [] value, byte @Nullable [] key, Instant recordTime) {
        try {
            return new Correction(read(value, key, recordTime));
        } catch (Rejection e) {
            return new RejectedCorrection(e.reason, String.valueOf(e.getMessage()));
        }
    }

    private CorrectionSubmission read(byte @Nullable [] value, byte @Nullable [] key, Instant recordTime)
            throws Rejection {
        JsonNode json = parse(value);
        boolean flat = !json.has("labels");
        String text = Ticket.joinText(string(json, "subject"), string(json, "body"), string(json, "text"));
        String id = string(json, "ticket_id");
        if (id.isBlank() && flat) {
            id = string(json, "id");
        }
        boolean ownText = flat && !text.isEmpty();
        if (id.isBlank()) {
            id = ownText ? textKey(text) : key == null ? "" : Utf8.decode(key).orElse("");
        }
        if (id.isBlank()) {
            throw new Rejection(Reason.NO_TICKET, "neither ticket_id nor key nor text is given");
        }
        if (id.getBytes(UTF_8).length > MAX_ID_BYTES) {
            throw new Rejection(Reason.INVALID_FIELD, "ticket_id is longer than " + MAX_ID_BYTES + " bytes of UTF-8");
        }
        Optional<Map<String, String>> labels = flat ? Optional.of(flatLabels(json)) : labels(json.get("labels"));
        if (labels.filter(Map::isEmpty).isPresent()) {
            throw new Rejection(Reason.NO_LABELS, "no head is corrected");
        }
        String by = string(json, "submitted_by");
        Instant at = time(string(json, "submitted_at"), recordTime);
        return new CorrectionSubmission(id, ownText ? Optional.of(text) : Optional.empty(), labels, by, at);
    }

    private JsonNode parse(byte @Nullable [] value) throws Rejection {
        if (value == null || value.length == 0) {
            throw new Rejection(Reason.EMPTY_VALUE, "the value has no bytes");
        }
        if (value.length > maxBytes) {
            String detail = "the value has " + value.length + " bytes, the limit is " + maxBytes;
            throw new Rejection(Reason.TOO_LARGE, detail);
        }
        try {
            String text = Utf8.decode(value).orElseThrow(() -> new Rejection(Reason.INVALID_UTF8, "malformed UTF-8"));
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                throw new Rejection(Reason.NOT_AN_OBJECT, "expected a JSON object");
            }
            return json;
        } catch (StreamConstraintsException e) {
            throw new Rejection(Reason.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels");
        } catch (JsonProcessingException e) {
            long at = e.getLocation().getCharOffset();
            throw new Rejection(Reason.INVALID_JSON, "not JSON at character " + at);
        }
    }

    /** The labels of a submission, none for a retraction: every name must be a head. */
    private Optional<Map<String, String>> labels(JsonNode node) throws Rejection {
        if (node.isNull()) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw new Rejection(Reason.INVALID_FIELD, "labels is not an object of head: label");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            labels.put(entry.getKey(), label(entry.getKey(), entry.getValue()));
        }
        return Optional.of(labels);
    }

    /** The labels of a flat row: fields that are no head are ignored. */
    private Map<String, String> flatLabels(JsonNode json) throws Rejection {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String head : taxonomy.headNames()) {
            if (json.hasNonNull(head)) {
                labels.put(head, label(head, json.get(head)));
            }
        }
        return labels;
    }

    private String label(String head, JsonNode value) throws Rejection {
        LabelProblem problem = taxonomy.problem(head, value.asText()).orElse(null);
        if (problem instanceof LabelProblem.UnknownHead) {
            throw new Rejection(Reason.UNKNOWN_HEAD, problem.message());
        }
        if (!value.isTextual()) {
            throw new Rejection(Reason.INVALID_FIELD, "the label of " + head + " is not a string");
        }
        if (problem != null) {
            throw new Rejection(Reason.UNKNOWN_LABEL, problem.message());
        }
        return value.textValue();
    }

    private static String string(JsonNode json, String field) throws Rejection {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw new Rejection(Reason.INVALID_FIELD, field + " is not a string");
        }
        return value.asText();
    }

    private static Instant time(String submittedAt, Instant recordTime) throws Rejection {
        if (submittedAt.isBlank()) {
            return recordTime;
        }
        try {
            Instant given = OffsetDateTime.parse(submittedAt.strip()).toInstant();
            return given.isAfter(recordTime) ? recordTime : given;
        } catch (DateTimeException e) {
            String detail = "submitted_at is no ISO 8601 time with an offset, such as 2026-11-20T10:00:00Z";
            throw new Rejection(Reason.INVALID_FIELD, detail);
        }
    }

    /** The key of a row that has only its text: {@code text-} and 16 hexadecimal digits of its SHA-256. */
    public static String textKey(String text) {
        return "text-" + Sha256.of(text.strip()).substring(0, TEXT_KEY_DIGITS);
    }

    /** Ends the reading of one submission; it never leaves the decoder. */
    private static final class Rejection extends Exception {
        private final Reason reason;

        Rejection(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }
    }
}
