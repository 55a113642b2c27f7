package io.tickettriage.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The difference of two models on the same rows, with its 95 % interval over redrawings of the rows (percentile bootstrap).
 *
 * @param first the first model's figure, like {@code second} the second's
 * @param low the lower end of the interval of {@code second − first}, like {@code high} its upper end
 */
public record PairedBootstrap(int rows, double first, double second, double low, double high) {
    private static final int DRAWS = 2000;
    private static final double TAIL = 0.025;

    /** The second model's lead. */
    public double difference() {
        return second - first;
    }

    /** Compares the accuracy of a head on the rows that have its label; both evaluations are of the same rows in order. */
    public static PairedBootstrap ofAccuracy(Evaluation first, Evaluation second, String head, long seed) {
        int n = first.rows().size();
        int other = second.rows().size();
        if (n != other) {
            throw new IllegalArgumentException(
                    "two models are compared on the same rows, not on " + n + " and " + other);
        }
        return ofAccuracy(correct(first, head), correct(second, head), seed);
    }

    private static List<Boolean> correct(Evaluation evaluation, String head) {
        Stream<ScoredRow> labelled = evaluation.rows().stream().filter(row -> row.hasLabel(head));
        return labelled.map(row -> row.isCorrect(head)).toList();
    }

    static PairedBootstrap ofAccuracy(List<Boolean> first, List<Boolean> second, long seed) {
        int n = first.size();
        int[] leads = IntStream.range(0, n)
                .map(i -> (second.get(i) ? 1 : 0) - (first.get(i) ? 1 : 0))
                .toArray();
        ToDoubleFunction<int[]> lead =
                drawn -> (double) Arrays.stream(drawn).map(i -> leads[i]).sum() / n;
        return n == 0 ? NONE : of(n, share(first), share(second), lead, seed);
    }

    /**
     * Compares the calibration errors of a head on the rows that have its label: above 0 where the second model's
     * confidences are less accurate. On few rows the error itself is mostly noise; the interval says how much.
     */
    public static PairedBootstrap ofCalibration(Evaluation first, Evaluation second, String head, long seed) {
        List<ScoredRow> rows = first.rows();
        int[] labelled = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).hasLabel(head))
                .toArray();
        int[] all = IntStream.range(0, labelled.length).toArray();
        ToDoubleFunction<int[]> before = drawn -> calibrationError(first, head, labelled, drawn);
        ToDoubleFunction<int[]> after = drawn -> calibrationError(second, head, labelled, drawn);
        ToDoubleFunction<int[]> rise = drawn -> after.applyAsDouble(drawn) - before.applyAsDouble(drawn);
        return all.length == 0 ? NONE : of(all.length, before.applyAsDouble(all), after.applyAsDouble(all), rise, seed);
    }

    private static final PairedBootstrap NONE = new PairedBootstrap(0, 0, 0, 0, 0);

    /** Draws {@code n} of {@code n} rows with replacement, again and again; {@code difference} is a figure of one draw. */
    private static PairedBootstrap of(
            int n, double first, double second, ToDoubleFunction<int[]> difference, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] differences = new double[DRAWS];
        int[] drawn = new int[n];
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.setAll(drawn, i -> random.nextInt(n));
            differences[draw] = difference.applyAsDouble(drawn);
        }
        Arrays.sort(differences);
        return new PairedBootstrap(
                n, first, second, differences[(int) (TAIL * DRAWS)], differences[(int) ((1 - TAIL) * DRAWS) - 1]);
    }

    private static double calibrationError(Evaluation evaluation, String head, int[] labelled, int[] drawn) {
        CalibrationError error = new CalibrationError();
        for (int i : drawn) {
            ScoredRow row = evaluation.rows().get(labelled[i]);
            error.add(row.prediction().head(head).confidence(), row.isCorrect(head));
        }
        return error.expected();
    }

    private static double share(List<Boolean> correct) {
        return (double) correct.stream().filter(c -> c).count() / correct.size();
    }
}
