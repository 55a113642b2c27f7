package io.tickettriage.message;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A text and what is known about it: the value of {@code tickets.corrections}, a line of {@code corrections.jsonl}, a row
 * of a dataset. Its maps are sorted by name, so that equal examples have equal bytes.
 *
 * @param id the ticket's id; empty where the row has none
 * @param text the ticket's text, as {@code Ticket.joinText} makes it
 * @param labels head → label; a head that is not there is unknown
 * @param corrected head → who gave its label and when; empty for rows that are no correction
 * @param predicted head → the label the model had predicted; empty where that is not known
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

    private static final TypeReference<Map<String, Provenance>> PROVENANCE = new TypeReference<>() {};

    /**
     * Who gave a label, and when.
     *
     * @param by the submitter as given; untrusted text
     * @param at ISO 8601
     */
    public record Provenance(String by, String at) {
        public Provenance {
            by = Objects.requireNonNullElse(by, "");
            at = Objects.requireNonNullElse(at, "");
        }

        /** A label given at a time. */
        public static Provenance of(String by, Instant at) {
            return new Provenance(by, at.toString());
        }
    }

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

    /** The same example with other labels. */
    public LabelledExample withLabels(Map<String, String> otherLabels) {
        return new LabelledExample(id, text, otherLabels, corrected, predicted, metadata, modelVersion);
    }

    /** The same example with another text. */
    public LabelledExample withText(String otherText) {
        return new LabelledExample(id, otherText, labels, corrected, predicted, metadata, modelVersion);
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
        return new LabelledExample(
                json.path("id").asText(""),
                text,
                labels,
                json.hasNonNull("corrected") ? Json.MAPPER.convertValue(json.get("corrected"), PROVENANCE) : Map.of(),
                scalars(json.path("predicted")),
                scalars(json.path("metadata")),
                json.path("model_version").asText(""));
    }

    /** The fields of the example's JSON, in order; parts that are empty are left out. */
    @JsonValue
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("text", text);
        fields.putAll(labels);
        putUnlessEmpty(fields, "corrected", corrected);
        putUnlessEmpty(fields, "predicted", predicted);
        putUnlessEmpty(fields, "metadata", metadata);
        if (!modelVersion.isEmpty()) {
            fields.put("model_version", modelVersion);
        }
        return fields;
    }

    private static void putUnlessEmpty(Map<String, Object> fields, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /** The scalar values of an object; what is nested in it is no fact about a ticket. */
    public static Map<String, String> scalars(JsonNode object) {
        Map<String, String> scalars = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                scalars.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return scalars;
    }
}
