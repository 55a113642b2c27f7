package io.tickettriage.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * "This label was wrong": the value of {@code tickets.corrections.submitted}, once it is valid.
 *
 * @param ticketId the ticket it is about
 * @param text the ticket's text; only in a row that needs no ticket
 * @param labels head → the right label; empty for a retraction
 * @param retracted whether all earlier labels of the ticket are taken back
 * @param by who says so; untrusted text, never interpreted
 * @param at when it was said
 */
public record CorrectionSubmission(
        String ticketId, Optional<String> text, Map<String, String> labels, boolean retracted, String by, Instant at) {

    /** Copies the labels, sorted by head. */
    public CorrectionSubmission {
        labels = new TreeMap<>(labels);
    }

    /** The submission as JSON, in the fields of the contract. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ticket_id", ticketId);
        text.ifPresent(t -> json.put("text", t));
        if (retracted) {
            json.putNull("labels");
        } else {
            ObjectNode node = json.putObject("labels");
            labels.forEach(node::put);
        }
        json.put("submitted_by", by);
        json.put("submitted_at", at.toString());
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static CorrectionSubmission fromJson(JsonNode json) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label : json.path("labels").properties()) {
            labels.put(label.getKey(), label.getValue().textValue());
        }
        return new CorrectionSubmission(
                json.path("ticket_id").textValue(),
                Optional.ofNullable(json.path("text").textValue()),
                labels,
                json.path("labels").isNull(),
                json.path("submitted_by").asText(""),
                Instant.parse(json.path("submitted_at").asText()));
    }
}
