package io.tickettriage.message;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A text and what is known about it: the value of {@code tickets.corrections}, a line of {@code corrections.jsonl}, a row
 * of a dataset. Its maps are sorted by name, so that equal examples have equal bytes.
 *
 * @param id empty where the row has none
 * @param text the ticket's text, as {@code Ticket.joinText} makes it
 * @param labels head → label; a head that is not there is unknown
 * @param corrected head → who gave its label and when; empty for rows that are no correction
 * @param predicted head → the label the model had predicted; empty where that is not known
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

    /** Who gave a label, untrusted text as given, and when, ISO 8601. */
    public record Provenance(String by, String at) {
        public Provenance {
            by = Objects.requireNonNullElse(by, "");
            at = Objects.requireNonNullElse(at, "");
        }
    }

    public LabelledExample {
        labels = new TreeMap<>(labels);
        corrected = new TreeMap<>(corrected);
        predicted = new TreeMap<>(predicted);
        metadata = new TreeMap<>(metadata);
    }

    public static LabelledExample row(String id, String text, Map<String, String> labels) {
        return new LabelledExample(id, text, labels, Map.of(), Map.of(), Map.of(), "");
    }

    public LabelledExample withLabels(Map<String, String> otherLabels) {
        return new LabelledExample(id, text, otherLabels, corrected, predicted, metadata, modelVersion);
    }

    public LabelledExample withText(String otherText) {
        return new LabelledExample(id, otherText, labels, corrected, predicted, metadata, modelVersion);
    }

    /**
     * Reads an example; fields that are neither of the contract nor of {@code heads} are ignored.
     *
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
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("corrected", corrected);
        parts.put("predicted", predicted);
        parts.put("metadata", metadata);
        parts.put("model_version", modelVersion);
        parts.values().removeIf(part -> part.equals(Map.of()) || part.equals(""));
        fields.putAll(parts);
        return fields;
    }

    /** The scalar values of an object; what is nested in it is no fact about a ticket. */
    public static Map<String, String> scalars(JsonNode object) {
        Map<String, String> scalars = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> {
            if (value.isValueNode() && !value.isNull()) {
                scalars.put(name, value.asText());
            }
        });
        return scalars;
    }
}
