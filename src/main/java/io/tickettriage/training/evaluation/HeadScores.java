package io.tickettriage.training.evaluation;

import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How well one head answers.
 *
 * @param matrix over the model's labels, then the labels of the rows the model does not have
 * @param calibration the reliability of its confidences
 */
public record HeadScores(Head head, ConfusionMatrix matrix, Reliability calibration) {

    /** Scores a head on the rows that know its label. */
    public static HeadScores of(Head head, List<JudgedRow> rows) {
        List<String> labels = new ArrayList<>(head.labels());
        TreeSet<String> foreign = new TreeSet<>();
        for (JudgedRow row : rows) {
            String truth = row.row().example().labels().get(head.name());
            if (truth != null && !labels.contains(truth)) {
                foreign.add(truth);
            }
        }
        labels.addAll(foreign);
        ConfusionMatrix matrix = new ConfusionMatrix(labels);
        Reliability reliability = new Reliability();
        for (JudgedRow row : rows) {
            String truth = row.row().example().labels().get(head.name());
            if (truth != null) {
                HeadPrediction answer = row.prediction().head(head.name());
                matrix.add(labels.indexOf(truth), answer.labelIndex());
                reliability.add(answer.confidence(), truth.equals(answer.label()));
            }
        }
        return new HeadScores(head, matrix, reliability);
    }
}
