package io.tickettriage.corrections;

import static io.tickettriage.ticket.TicketDecoder.MAX_ID_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.format.Sha256;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.taxonomy.LabelProblem;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.InvalidInputException;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.UntrustedJson;
import io.tickettriage.ticket.Utf8;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a {@code tickets.corrections.submitted} record, against the taxonomy. For use by several threads.
 */
public final class CorrectionDecoder {
    private static final int TEXT_KEY_DIGITS = 16;
    /** How many UTF-8 bytes the name of a submitter may have: it is kept with every head. */
    static final int MAX_SUBMITTER_BYTES = 256;

    private static final int MAX_PROPOSAL_BYTES = 100;

    private final Taxonomy taxonomy;
    private final int maxBytes;

    public CorrectionDecoder(Taxonomy taxonomy, int maxBytes) {
        this.taxonomy = taxonomy;
        this.maxBytes = maxBytes;
    }

    /** Decodes one submission; {@code recordTime} counts where it gives no time, or a later one. */
    public DecodedCorrection decode(byte @Nullable [] value, byte @Nullable [] key, Instant recordTime) {
        try {
            Fields fields = new Fields(taxonomy.headNames());
            UntrustedJson.readObject(UntrustedJson.json(value, maxBytes), fields::read);
            return new Correction(submission(fields, key, recordTime));
        } catch (InvalidInputException e) {
            return new RejectedCorrection(e.reason(), e.detail());
        }
    }

    private CorrectionSubmission submission(Fields fields, byte @Nullable [] key, Instant recordTime)
            throws InvalidInputException {
        boolean flat = !fields.hasLabels;
        String text = Ticket.joinText(fields.text("subject"), fields.text("body"), fields.text("text"));
        String id = fields.text("ticket_id");
        if (id.isBlank() && flat) {
            id = fields.text("id");
        }
        boolean ownText = flat && !text.isEmpty();
        if (id.isBlank()) {
            id = ownText ? textKey(text) : key == null ? "" : Utf8.decode(key).orElse("");
        }
        if (id.isBlank()) {
            throw new InvalidInputException(RejectReason.NO_TICKET, "neither ticket_id nor key nor text is given");
        }
        requireShort("ticket_id", id, MAX_ID_BYTES);
        Map<String, String> labels = labels(flat ? fields.heads : fields.labels);
        for (Map.Entry<String, JsonValue> proposed : fields.proposed.entrySet()) {
            requireProposal(proposed.getKey(), proposed.getValue());
        }
        if (labels.isEmpty() && !fields.retracts && fields.proposed.isEmpty()) {
            throw new InvalidInputException(RejectReason.NO_LABELS, "no head is corrected");
        }
        String by = fields.text("submitted_by");
        requireShort("submitted_by", by, MAX_SUBMITTER_BYTES);
        return new CorrectionSubmission(
                id,
                ownText ? Optional.of(text) : Optional.empty(),
                fields.retracts ? Optional.empty() : Optional.of(labels),
                by,
                time(fields.text("submitted_at"), recordTime));
    }

    private Map<String, String> labels(Map<String, JsonValue> given) throws InvalidInputException {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> label : given.entrySet()) {
            labels.put(label.getKey(), label(label.getKey(), label.getValue()));
        }
        return labels;
    }

    private String label(String head, JsonValue value) throws InvalidInputException {
        LabelProblem problem = taxonomy.problem(head, value.text()).orElse(null);
        if (problem instanceof LabelProblem.UnknownHead) {
            throw new InvalidInputException(RejectReason.UNKNOWN_HEAD, problem.message());
        }
        if (value.type() != JsonToken.VALUE_STRING) {
            throw UntrustedJson.wrongType("the label of " + head, value.type(), "a string");
        }
        if (problem != null) {
            throw new InvalidInputException(RejectReason.UNKNOWN_LABEL, problem.message());
        }
        return value.text();
    }

    /** A label that does not exist yet, for a head that does. */
    private void requireProposal(String head, JsonValue label) throws InvalidInputException {
        if (!taxonomy.headNames().contains(head)) {
            throw new InvalidInputException(
                    RejectReason.UNKNOWN_HEAD, "proposed: there is no head \"" + head + "\"");
        }
        if (label.type() != JsonToken.VALUE_STRING || label.text().isBlank()) {
            throw new InvalidInputException(
                    RejectReason.INVALID_FIELD, "proposed: the label for " + head + " must be a text");
        }
        requireShort("proposed." + head, label.text(), MAX_PROPOSAL_BYTES);
    }

    private static void requireShort(String field, String value, int maxBytes) throws InvalidInputException {
        if (value.length() > maxBytes || value.getBytes(UTF_8).length > maxBytes) {
            throw new InvalidInputException(
                    RejectReason.INVALID_FIELD, field + " is longer than " + maxBytes + " bytes of UTF-8");
        }
    }

    private static Instant time(String submittedAt, Instant recordTime) throws InvalidInputException {
        if (submittedAt.isBlank()) {
            return recordTime;
        }
        try {
            Instant given = OffsetDateTime.parse(submittedAt.strip()).toInstant();
            return given.isAfter(recordTime) ? recordTime : given;
        } catch (DateTimeException e) {
            String detail = "submitted_at is no ISO 8601 time with an offset, such as 2026-11-20T10:00:00Z";
            throw new InvalidInputException(RejectReason.INVALID_FIELD, detail);
        }
    }

    /** The key of a row that has only its text: {@code text-} and 16 hexadecimal digits of its SHA-256. */
    public static String textKey(String text) {
        return "text-" + Sha256.of(text.strip()).substring(0, TEXT_KEY_DIGITS);
    }

    /** A value as it was written; of objects and arrays only the type. */
    private record JsonValue(JsonToken type, String text) {}

    /** The fields of one submission that mean something; of a field given twice the last one counts. */
    private static final class Fields {
        private static final Set<String> TEXTS =
                Set.of("subject", "body", "text", "ticket_id", "id", "submitted_by", "submitted_at");

        private final Set<String> headNames;
        private final Map<String, String> texts = new HashMap<>();
        /** What {@code labels} has, and what stands in fields that are named as heads. */
        private final Map<String, JsonValue> labels = new LinkedHashMap<>();

        private final Map<String, JsonValue> heads = new LinkedHashMap<>();
        private final Map<String, JsonValue> proposed = new LinkedHashMap<>();
        private boolean hasLabels;
        private boolean retracts;

        Fields(Collection<String> headNames) {
            this.headNames = Set.copyOf(headNames);
        }

        void read(JsonParser parser) throws IOException, InvalidInputException {
            String name = parser.currentName();
            if (name.equals("labels")) {
                readLabels(parser);
            } else if (name.equals("proposed")) {
                readProposed(parser);
            } else if (headNames.contains(name)) {
                heads.remove(name);
                JsonValue label = value(parser);
                if (label.type() != JsonToken.VALUE_NULL) {
                    heads.put(name, label);
                }
            } else if (TEXTS.contains(name)) {
                JsonValue value = value(parser);
                boolean isNull = value.type() == JsonToken.VALUE_NULL;
                if (!isNull
                        && value.type() != JsonToken.VALUE_STRING
                        && !value.type().isNumeric()) {
                    throw UntrustedJson.wrongType(name, value.type(), "a string");
                }
                texts.put(name, isNull ? "" : value.text());
            } else {
                UntrustedJson.skipField(parser);
            }
        }

        private void readLabels(JsonParser parser) throws IOException, InvalidInputException {
            labels.clear();
            hasLabels = true;
            JsonToken token = parser.nextToken();
            retracts = token == JsonToken.VALUE_NULL;
            if (token == JsonToken.START_OBJECT) {
                UntrustedJson.readFields(parser, field -> labels.put(field.currentName(), value(field)));
            } else if (!retracts) {
                throw UntrustedJson.wrongType("labels", token, "an object of head: label");
            }
        }

        /** What is no object is a field of somebody's own. */
        private void readProposed(JsonParser parser) throws IOException, InvalidInputException {
            proposed.clear();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                UntrustedJson.readFields(parser, field -> proposed.put(field.currentName(), value(field)));
            } else {
                parser.skipChildren();
            }
        }

        private static JsonValue value(JsonParser parser) throws IOException {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                parser.skipChildren();
                return new JsonValue(token, "");
            }
            return new JsonValue(token, Utf8.replaceLoneSurrogates(parser.getText()));
        }

        String text(String name) {
            return texts.getOrDefault(name, "");
        }
    }
}
