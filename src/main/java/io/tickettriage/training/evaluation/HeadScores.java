package io.tickettriage.training.evaluation;

import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import java.util.ArrayList;
import java.util.List;

/**
 * How good the predictions of one head are.
 *
 * @param matrix over the model's labels, then the labels of the rows the model does not have
 */
public record HeadScores(Head head, ConfusionMatrix matrix, CalibrationError calibration) {

    /** Scores a head on the rows that have its label. */
    static HeadScores of(Head head, List<ScoredRow> rows) {
        List<ScoredRow> labelled =
                rows.stream().filter(row -> row.hasLabel(head.name())).toList();
        List<String> labels = new ArrayList<>(head.labels());
        labelled.stream()
                .map(row -> truth(row, head))
                .filter(label -> !head.labels().contains(label))
                .distinct()
                .sorted()
                .forEach(labels::add);
        ConfusionMatrix matrix = new ConfusionMatrix(labels);
        CalibrationError calibration = new CalibrationError();
        for (ScoredRow row : labelled) {
            HeadPrediction predicted = row.prediction().head(head.name());
            matrix.add(labels.indexOf(truth(row, head)), predicted.labelIndex());
            calibration.add(predicted.confidence(), row.isCorrect(head.name()));
        }
        return new HeadScores(head, matrix, calibration);
    }

    private static String truth(ScoredRow row, Head head) {
        return row.row().example().labels().getOrDefault(head.name(), "");
    }
}
