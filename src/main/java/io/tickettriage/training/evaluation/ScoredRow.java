package io.tickettriage.training.evaluation;

import io.tickettriage.model.Prediction;

/** A labelled row with a model's prediction, and whether the model would send it to review. */
public record ScoredRow(LabelledRow row, Prediction prediction, boolean reviewed) {
    /** Whether the head's label is known. */
    public boolean hasLabel(String head) {
        return row.example().labels().containsKey(head);
    }

    /** The true label of a head; empty where it is unknown. */
    String truth(String head) {
        return row.example().labels().getOrDefault(head, "");
    }

    /** The predicted label of a head. */
    public String label(String head) {
        return prediction.head(head).label();
    }

    /** Whether the model predicts the row's label of a head; false where that is unknown. */
    public boolean isCorrect(String head) {
        return label(head).equals(truth(head));
    }
}
