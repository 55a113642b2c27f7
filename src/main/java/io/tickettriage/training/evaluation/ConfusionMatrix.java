package io.tickettriage.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How often each label was predicted for each true one. Macro figures average over the labels that occur. */
public final class ConfusionMatrix {
    private final List<String> labels;
    /** {@code [labels][labels]}: true label, then predicted label */
    private final int[][] counts;

    /** An empty matrix over these labels. */
    public ConfusionMatrix(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.counts = new int[labels.size()][labels.size()];
    }

    /** Counts a prediction. */
    public void add(int truth, int predicted) {
        counts[truth][predicted]++;
    }

    /** The labels, in order. */
    public List<String> labels() {
        return labels;
    }

    /** How often {@code predicted} was predicted for {@code truth}. */
    public int count(int truth, int predicted) {
        return counts[truth][predicted];
    }

    /** How many predictions were counted. */
    public int total() {
        return IntStream.range(0, counts.length).map(this::support).sum();
    }

    /** How many rows have the label. */
    public int support(int label) {
        return IntStream.of(counts[label]).sum();
    }

    /** The share of correct predictions; 0 where there are none. */
    public double accuracy() {
        return ratio(IntStream.range(0, counts.length).map(k -> counts[k][k]).sum(), total());
    }

    /** Of the rows predicted to have the label, the share that has it. */
    public double precision(int label) {
        int predicted = Arrays.stream(counts).mapToInt(row -> row[label]).sum();
        return ratio(counts[label][label], predicted);
    }

    /** Of the rows that have the label, the share predicted to have it. */
    public double recall(int label) {
        return ratio(counts[label][label], support(label));
    }

    /** The mean F1 of the labels that occur. */
    public double macroF1() {
        double sum = 0;
        int occurring = 0;
        for (int k = 0; k < counts.length; k++) {
            if (support(k) > 0) {
                double p = precision(k);
                double r = recall(k);
                sum += p + r == 0 ? 0 : 2 * p * r / (p + r);
                occurring++;
            }
        }
        return occurring == 0 ? 0 : sum / occurring;
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
