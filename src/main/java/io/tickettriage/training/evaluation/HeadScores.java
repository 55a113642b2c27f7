package io.tickettriage.training.evaluation;

import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import java.util.ArrayList;
import java.util.List;

/** How good the predictions of one head are; the matrix ends with labels of rows that the model does not have. */
public record HeadScores(Head head, ConfusionMatrix matrix, CalibrationError calibration) {
    /** Scores a head on the rows that have its label. */
    static HeadScores of(Head head, List<ScoredRow> rows) {
        List<ScoredRow> labelled =
                rows.stream().filter(row -> row.hasLabel(head.name())).toList();
        List<String> labels = new ArrayList<>(head.labels());
        labelled.stream()
                .map(row -> row.truth(head.name()))
                .filter(label -> !head.labels().contains(label))
                .distinct()
                .sorted()
                .forEach(labels::add);
        ConfusionMatrix matrix = new ConfusionMatrix(labels);
        CalibrationError calibration = new CalibrationError();
        for (ScoredRow row : labelled) {
            HeadPrediction predicted = row.prediction().head(head.name());
            matrix.add(labels.indexOf(row.truth(head.name())), predicted.labelIndex());
            calibration.add(predicted.confidence(), row.isCorrect(head.name()));
        }
        return new HeadScores(head, matrix, calibration);
    }
}
