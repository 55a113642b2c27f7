package io.tickettriage.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Two models' answers to one ticket: the value of {@code tickets.shadow}, where they differ.
 *
 * @param active what was acted on
 * @param shadow what the challenger would have done
 */
public record ShadowComparison(String ticketId, Side active, Side shadow) {
    /** One model's answers and the queue they lead to. */
    public record Side(String modelVersion, Prediction prediction, String queue) {}

    /** The heads whose labels differ, in the active model's order; heads that only one model has do not count. */
    public List<String> differingHeads() {
        List<String> heads = new ArrayList<>();
        for (HeadPrediction answer : active.prediction().heads()) {
            for (HeadPrediction other : shadow.prediction().heads()) {
                if (other.head().name().equals(answer.head().name())
                        && !other.label().equals(answer.label())) {
                    heads.add(answer.head().name());
                }
            }
        }
        return heads;
    }

    /** Whether any label or the queue differs. */
    public boolean differs() {
        return !active.queue().equals(shadow.queue()) || !differingHeads().isEmpty();
    }

    /** The comparison as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ticket_id", ticketId);
        ArrayNode heads = json.putArray("heads");
        differingHeads().forEach(heads::add);
        json.set("active", side(active));
        json.set("shadow", side(shadow));
        return json;
    }

    private static ObjectNode side(Side side) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model_version", side.modelVersion());
        json.put("queue", side.queue());
        ObjectNode prediction = json.putObject("prediction");
        for (HeadPrediction answer : side.prediction().heads()) {
            prediction
                    .putObject(answer.head().name())
                    .put("label", answer.label())
                    .put("confidence", answer.confidence());
        }
        return json;
    }
}
