package io.tickettriage.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The difference of two models on the same rows, with the interval that holds it in 95 of 100 redrawings of the rows.
 *
 * @param rows how many were compared
 * @param first the share the first model gets right
 * @param second the share the second model gets right
 * @param low the lower end of the interval of {@code second − first}
 * @param high its upper end
 */
public record PairedBootstrap(int rows, double first, double second, double low, double high) {
    private static final int DRAWS = 2000;
    private static final double TAIL = 0.025;

    /** The second model's lead. */
    public double difference() {
        return second - first;
    }

    /** Compares the answers of a head on the rows that know it; both evaluations have the same rows in the same order. */
    public static PairedBootstrap of(Evaluation first, Evaluation second, String head, long seed) {
        List<JudgedRow> a = first.rows();
        List<JudgedRow> b = second.rows();
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    "two models are compared on the same rows, not on " + a.size() + " and " + b.size());
        }
        int[] known =
                IntStream.range(0, a.size()).filter(i -> a.get(i).knows(head)).toArray();
        return of(
                Arrays.stream(known).mapToObj(i -> a.get(i).isRight(head)).toList(),
                Arrays.stream(known).mapToObj(i -> b.get(i).isRight(head)).toList(),
                seed);
    }

    /**
     * Compares the calibration errors of a head on the rows that know it: {@code second − first}, so above 0 where the
     * second model's confidences are less honest. On few rows the error itself is mostly noise; the interval says how much.
     */
    public static PairedBootstrap ofCalibration(Evaluation first, Evaluation second, String head, long seed) {
        int[] known = IntStream.range(0, first.rows().size())
                .filter(i -> first.rows().get(i).knows(head))
                .toArray();
        if (known.length == 0) {
            return new PairedBootstrap(0, 0, 0, 0, 0);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] differences = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] drawn = new int[known.length];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = known[random.nextInt(known.length)];
            }
            differences[draw] = calibrationError(second, head, drawn) - calibrationError(first, head, drawn);
        }
        Arrays.sort(differences);
        return new PairedBootstrap(
                known.length,
                calibrationError(first, head, known),
                calibrationError(second, head, known),
                differences[(int) (TAIL * DRAWS)],
                differences[(int) ((1 - TAIL) * DRAWS) - 1]);
    }

    private static double calibrationError(Evaluation evaluation, String head, int[] rows) {
        Reliability reliability = new Reliability();
        for (int row : rows) {
            JudgedRow judged = evaluation.rows().get(row);
            reliability.add(judged.prediction().head(head).confidence(), judged.isRight(head));
        }
        return reliability.expectedError();
    }

    static PairedBootstrap of(List<Boolean> first, List<Boolean> second, long seed) {
        int n = first.size();
        if (n == 0) {
            return new PairedBootstrap(0, 0, 0, 0, 0);
        }
        int[] leads = new int[n];
        for (int i = 0; i < n; i++) {
            leads[i] = (second.get(i) ? 1 : 0) - (first.get(i) ? 1 : 0);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] differences = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum += leads[random.nextInt(n)];
            }
            differences[draw] = (double) sum / n;
        }
        Arrays.sort(differences);
        return new PairedBootstrap(
                n,
                share(first),
                share(second),
                differences[(int) (TAIL * DRAWS)],
                differences[(int) ((1 - TAIL) * DRAWS) - 1]);
    }

    private static double share(List<Boolean> right) {
        return (double) right.stream().filter(r -> r).count() / right.size();
    }
}
