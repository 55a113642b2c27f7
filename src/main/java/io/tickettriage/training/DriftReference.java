package io.tickettriage.training;

import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.training.evaluation.Decimals;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.ScoredRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distributions of a model's predictions on its validation rows, and the share of words it does not know: what drift is
 * measured against.
 */
record DriftReference(int rows, Map<String, HeadReference> heads, double unknownWords) {
    private static final int CONFIDENCE_BINS = 10;

    /** One head: label → the share of rows predicted so; the share of rows in each of 10 equal bins. */
    record HeadReference(Map<String, Double> labels, List<Double> confidence) {
        private static HeadReference of(Head head, List<ScoredRow> rows) {
            int[] labels = new int[head.labels().size()];
            int[] bins = new int[CONFIDENCE_BINS];
            for (ScoredRow row : rows) {
                HeadPrediction predicted = row.prediction().head(head.name());
                labels[predicted.labelIndex()]++;
                bins[Math.min(CONFIDENCE_BINS - 1, (int) (predicted.confidence() * CONFIDENCE_BINS))]++;
            }
            int n = rows.size();
            Map<String, Double> shares = new LinkedHashMap<>();
            for (int k = 0; k < labels.length; k++) {
                shares.put(head.labels().get(k), share(labels[k], n));
            }
            return new HeadReference(
                    shares, Arrays.stream(bins).mapToObj(bin -> share(bin, n)).toList());
        }
    }

    static DriftReference of(Evaluation validation) {
        List<ScoredRow> rows = validation.rows();
        Map<String, HeadReference> heads = new LinkedHashMap<>();
        validation.model().heads().forEach(head -> heads.put(head.name(), HeadReference.of(head, rows)));
        long words = 0;
        long unknown = 0;
        for (ScoredRow row : rows) {
            words += row.prediction().words();
            unknown += row.prediction().unknownWords();
        }
        return new DriftReference(rows.size(), heads, words == 0 ? 0 : share(unknown, words));
    }

    private static double share(long part, long whole) {
        return Decimals.six((double) part / whole);
    }
}
