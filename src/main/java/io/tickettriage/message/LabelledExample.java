package io.tickettriage.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text and what is known about it: the value of {@code tickets.corrections}, a line of {@code corrections.jsonl}, a row
 * of a dataset.
 *
 * @param id the ticket's id; empty where the row has none
 * @param text the ticket's text, as {@code Ticket.joinText} makes it
 * @param labels head → label; a head that is not there is unknown
 * @param corrected head → who gave its label and when; empty for rows that are no correction
 * @param predicted head → what the model had said; empty where that is not known
 * @param metadata the ticket's metadata
 * @param modelVersion the model that had predicted; empty where that is not known
 */
public record LabelledExample(
        String id,
        String text,
        Map<String, String> labels,
        Map<String, Provenance> corrected,
        Map<String, String> predicted,
        Map<String, String> metadata,
        String modelVersion) {

    /**
     * Who gave a label, and when.
     *
     * @param by the submitter as given; untrusted text
     * @param at ISO 8601
     */
    public record Provenance(String by, String at) {}

    /** Copies the maps, sorted by name, so that equal examples have equal bytes. */
    public LabelledExample {
        labels = new TreeMap<>(labels);
        corrected = new TreeMap<>(corrected);
        predicted = new TreeMap<>(predicted);
        metadata = new TreeMap<>(metadata);
    }

    /** A row of a dataset: a text and its labels. */
    public static LabelledExample row(String id, String text, Map<String, String> labels) {
        return new LabelledExample(id, text, labels, Map.of(), Map.of(), Map.of(), "");
    }

    /**
     * Reads an example; fields that are neither of the contract nor a head are ignored.
     *
     * @param heads the names that are labels
     * @throws IllegalArgumentException if the text is missing, or a field has the wrong type
     */
    public static LabelledExample fromJson(JsonNode json, Collection<String> heads) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        String text = json.path("text").asText("");
        if (!json.path("text").isTextual() || text.isBlank()) {
            throw new IllegalArgumentException("\"text\" is missing or blank");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (String head : heads) {
            JsonNode label = json.path(head);
            if (label.isTextual()) {
                labels.put(head, label.textValue());
            } else if (!label.isMissingNode() && !label.isNull()) {
                throw new IllegalArgumentException("\"" + head + "\" is not a string");
            }
        }
        Map<String, Provenance> corrected = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.path("corrected").properties()) {
            corrected.put(
                    entry.getKey(),
                    new Provenance(
                            entry.getValue().path("by").asText(""),
                            entry.getValue().path("at").asText("")));
        }
        return new LabelledExample(
                json.path("id").asText(""),
                text,
                labels,
                corrected,
                strings(json.path("predicted")),
                strings(json.path("metadata")),
                json.path("model_version").asText(""));
    }

    /** The example as JSON; parts that are empty are left out. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("text", text);
        labels.forEach(json::put);
        if (!corrected.isEmpty()) {
            ObjectNode node = json.putObject("corrected");
            corrected.forEach(
                    (head, who) -> node.putObject(head).put("by", who.by()).put("at", who.at()));
        }
        put(json, "predicted", predicted);
        put(json, "metadata", metadata);
        if (!modelVersion.isEmpty()) {
            json.put("model_version", modelVersion);
        }
        return json;
    }

    private static void put(ObjectNode json, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode node = json.putObject(name);
            values.forEach(node::put);
        }
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                strings.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return strings;
    }
}
