package io.tickettriage.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.message.ScoredTicket;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model said about a ticket, without the numbers.
 *
 * @param labels head → label
 */
record PredictedLabels(SortedMap<String, String> labels, String queue) {
    /** Copies the labels. */
    PredictedLabels {
        labels = new TreeMap<>(labels);
    }

    static PredictedLabels of(ScoredTicket scored) {
        SortedMap<String, String> labels = new TreeMap<>();
        scored.prediction().heads().forEach(answer -> labels.put(answer.head().name(), answer.label()));
        return new PredictedLabels(labels, scored.routing().queue());
    }

    /** Reads the value of {@code tickets.scored}. */
    static PredictedLabels of(JsonNode scored) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> head : scored.path("prediction").properties()) {
            labels.put(head.getKey(), head.getValue().path("label").asText());
        }
        return new PredictedLabels(labels, scored.at("/routing/queue").asText());
    }
}
