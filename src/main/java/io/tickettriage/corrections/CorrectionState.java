package io.tickettriage.corrections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.message.CorrectionSubmission;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people have said about one ticket: per head the latest label, and when all was last taken back.
 *
 * <p>The latest {@code submitted_at} wins for each head; of equal ones the one that arrives later. A retraction is kept
 * with its time, so that a label submitted before it and arriving after it stays taken back.
 *
 * @param labels head → the latest label; one at or before {@code retractedAt} is not in here
 * @param retractedAt when everything before was taken back
 * @param text the text of a row that needs no ticket
 */
record CorrectionState(Map<String, Label> labels, Optional<Instant> retractedAt, Optional<String> text) {
    /** Nothing has been said. */
    static final CorrectionState EMPTY = new CorrectionState(Map.of(), Optional.empty(), Optional.empty());

    /** A label, who gave it, and when. */
    record Label(String label, String by, Instant at) {}

    CorrectionState {
        labels = new TreeMap<>(labels);
    }

    /** The state after one more submission. */
    CorrectionState apply(CorrectionSubmission submission) {
        Map<String, Label> next = new TreeMap<>(labels);
        Optional<Instant> retraction = retractedAt;
        if (submission.retracted()) {
            if (retraction.isEmpty() || !submission.at().isBefore(retraction.get())) {
                retraction = Optional.of(submission.at());
            }
            next.values().removeIf(label -> !label.at().isAfter(submission.at()));
        } else {
            for (Map.Entry<String, String> entry : submission.labels().entrySet()) {
                Label known = next.get(entry.getKey());
                boolean takenBack = retraction.isPresent() && submission.at().isBefore(retraction.get());
                boolean older = known != null && submission.at().isBefore(known.at());
                if (!takenBack && !older) {
                    next.put(entry.getKey(), new Label(entry.getValue(), submission.by(), submission.at()));
                }
            }
        }
        return new CorrectionState(next, retraction, submission.text().or(() -> text));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode node = json.putObject("labels");
        labels.forEach((head, label) -> node.putObject(head)
                .put("label", label.label())
                .put("by", label.by())
                .put("at", label.at().toString()));
        retractedAt.ifPresent(at -> json.put("retracted_at", at.toString()));
        text.ifPresent(t -> json.put("text", t));
        return json;
    }

    static CorrectionState fromJson(JsonNode json) {
        Map<String, Label> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.path("labels").properties()) {
            JsonNode label = entry.getValue();
            labels.put(
                    entry.getKey(),
                    new Label(
                            label.path("label").asText(),
                            label.path("by").asText(),
                            Instant.parse(label.path("at").asText())));
        }
        return new CorrectionState(
                labels,
                Optional.ofNullable(json.path("retracted_at").textValue()).map(Instant::parse),
                Optional.ofNullable(json.path("text").textValue()));
    }
}
