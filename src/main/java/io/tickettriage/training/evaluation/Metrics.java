package io.tickettriage.training.evaluation;

import static io.tickettriage.training.evaluation.Decimals.six;

import io.tickettriage.model.Head;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an evaluation, in the fields of the contract of {@code evaluate --json}; shares to six decimals.
 *
 * @param answers head → label → the share of all rows predicted so and not sent to review
 */
public record Metrics(
        int rows,
        Map<String, Map<String, Double>> answers,
        ExactMatch exactMatch,
        Map<String, HeadMetrics> heads,
        Review review) {
    /** The rows whose labels are all known, and the share of them with every head correct. */
    public record ExactMatch(int n, double accuracy) {}

    /** The figures of a head on the {@code n} rows that have its label; {@code ece}: expected calibration error. */
    public record HeadMetrics(int n, double accuracy, double macroF1, double ece, Map<String, LabelMetrics> classes) {
        private static HeadMetrics of(HeadScores scores) {
            ConfusionMatrix matrix = scores.matrix();
            Map<String, LabelMetrics> classes = new LinkedHashMap<>();
            for (int k = 0; k < matrix.labels().size(); k++) {
                var label = new LabelMetrics(six(matrix.precision(k)), six(matrix.recall(k)), matrix.support(k));
                classes.put(matrix.labels().get(k), label);
            }
            double ece = six(scores.calibration().expected());
            return new HeadMetrics(matrix.total(), six(matrix.accuracy()), six(matrix.macroF1()), ece, classes);
        }
    }

    /** The figures of a label; {@code support} rows have it. */
    public record LabelMetrics(double precision, double recall, int support) {}

    /** The share sent to review, and the routing head's accuracy on the rest; null where there is no rest. */
    public record Review(double share, @Nullable Double accuracyOfTheRest) {}

    /** The figures of an evaluation. */
    public static Metrics of(Evaluation evaluation) {
        Map<String, HeadMetrics> heads = new LinkedHashMap<>();
        evaluation.heads().forEach(scores -> heads.put(scores.head().name(), HeadMetrics.of(scores)));
        Double rest = evaluation.accuracyOfTheRest().map(Decimals::six).orElse(null);
        Review review = new Review(six(evaluation.reviewShare()), rest);
        return new Metrics(evaluation.rows().size(), answers(evaluation), exactMatch(evaluation), heads, review);
    }

    private static Map<String, Map<String, Double>> answers(Evaluation evaluation) {
        List<ScoredRow> rows = evaluation.rows();
        Map<String, Map<String, Double>> answers = new LinkedHashMap<>();
        for (Head head : evaluation.model().heads()) {
            Map<String, Double> shares = new LinkedHashMap<>();
            String name = head.name();
            for (String label : head.labels()) {
                double share = Evaluation.share(
                        rows, row -> !row.reviewed() && row.label(name).equals(label));
                shares.put(label, six(share));
            }
            answers.put(name, shares);
        }
        return answers;
    }

    private static ExactMatch exactMatch(Evaluation evaluation) {
        List<String> heads = evaluation.model().heads().stream().map(Head::name).toList();
        List<ScoredRow> complete = evaluation.rows().stream()
                .filter(row -> row.row().complete() && heads.stream().anyMatch(row::hasLabel))
                .toList();
        double share = Evaluation.share(
                complete, row -> heads.stream().allMatch(head -> !row.hasLabel(head) || row.isCorrect(head)));
        return new ExactMatch(complete.size(), six(share));
    }
}
