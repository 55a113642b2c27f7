package io.tickettriage.training.evaluation;

import io.tickettriage.model.Prediction;

/**
 * A labelled row with a model's prediction.
 *
 * @param reviewed whether the model would send it to review
 */
public record ScoredRow(LabelledRow row, Prediction prediction, boolean reviewed) {
    /** Whether the head's label is known. */
    public boolean hasLabel(String head) {
        return row.example().labels().containsKey(head);
    }

    /** The predicted label of a head. */
    public String label(String head) {
        return prediction.head(head).label();
    }

    /** Whether the model predicts the row's label of a head; false where that is unknown. */
    public boolean isCorrect(String head) {
        return label(head).equals(row.example().labels().get(head));
    }
}
