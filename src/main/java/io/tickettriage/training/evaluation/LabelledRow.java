package io.tickettriage.training.evaluation;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.data.TrainingRow;
import java.util.HashMap;
import java.util.Map;

/**
 * A row to evaluate a model on.
 *
 * @param example the text and its known labels
 * @param complete whether every head the row names is known, so that the row counts for exact match
 * @param source where it comes from; empty where that is not said
 */
public record LabelledRow(LabelledExample example, boolean complete, String source) {
    /** A training row with the labels that people gave; nothing is evaluated on weak labels. */
    public static LabelledRow of(TrainingRow row) {
        Map<String, String> labels = new HashMap<>(row.example().labels());
        labels.keySet().removeAll(row.weakHeads());
        return new LabelledRow(row.example().withLabels(labels), true, row.source());
    }

    /** The text. */
    public String text() {
        return example.text();
    }
}
