package io.tickettriage.training.evaluation;

import io.tickettriage.model.Prediction;

/**
 * A row and what the model says about it.
 *
 * @param reviewed whether the model would send it to review
 */
public record JudgedRow(EvaluationRow row, Prediction prediction, boolean reviewed) {
    /** Whether the head's label is known. */
    public boolean knows(String head) {
        return row.example().labels().containsKey(head);
    }

    /** Whether the model answers the head with the row's label; false where that is unknown. */
    public boolean isRight(String head) {
        return prediction.head(head).label().equals(row.example().labels().get(head));
    }
}
