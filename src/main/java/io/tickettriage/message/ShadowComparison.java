package io.tickettriage.message;

import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done with a ticket and what the challenger would have done: the value of {@code tickets.shadow}. {@code
 * heads} are those whose labels differ, in the active model's order.
 */
public record ShadowComparison(String ticketId, List<String> heads, Side active, Side shadow) {
    /** One model's answers by head, and the queue they lead to. */
    public record Side(String modelVersion, String queue, Map<String, Answer> prediction) {
        public static Side of(String modelVersion, String queue, Prediction prediction) {
            Map<String, Answer> answers = new LinkedHashMap<>();
            for (HeadPrediction head : prediction.heads()) {
                answers.put(head.head().name(), new Answer(head.label(), head.confidence()));
            }
            return new Side(modelVersion, queue, answers);
        }
    }

    /** A label and its confidence, 0 to 1. */
    public record Answer(String label, float confidence) {}

    /** Compares two sides; heads that only one model has do not count. */
    public static ShadowComparison of(String ticketId, Side active, Side shadow) {
        List<String> heads = new ArrayList<>();
        active.prediction().forEach((head, answer) -> {
            Answer other = shadow.prediction().get(head);
            if (other != null && !other.label().equals(answer.label())) {
                heads.add(head);
            }
        });
        return new ShadowComparison(ticketId, heads, active, shadow);
    }

    public boolean differs() {
        return !heads.isEmpty() || !active.queue().equals(shadow.queue());
    }
}
