package io.tickettriage.training.evaluation;

import java.util.List;

/** How often each label was answered for each true one. Classes are averaged over those that occur. */
public final class ConfusionMatrix {
    private final List<String> labels;
    /** {@code [truth][answer]} */
    private final int[][] counts;

    /** An empty matrix over these labels. */
    public ConfusionMatrix(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.counts = new int[labels.size()][labels.size()];
    }

    /** Counts an answer. */
    public void add(int truth, int answer) {
        counts[truth][answer]++;
    }

    /** The labels, in order. */
    public List<String> labels() {
        return labels;
    }

    /** How often {@code answer} was given for {@code truth}. */
    public int count(int truth, int answer) {
        return counts[truth][answer];
    }

    /** How many answers were counted. */
    public int total() {
        int total = 0;
        for (int k = 0; k < counts.length; k++) {
            total += support(k);
        }
        return total;
    }

    /** How many rows have the label. */
    public int support(int label) {
        int sum = 0;
        for (int count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    /** The share of right answers; 0 where there are none. */
    public double accuracy() {
        int right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return ratio(right, total());
    }

    /** Of the rows answered with the label, the share that has it. */
    public double precision(int label) {
        int answered = 0;
        for (int[] row : counts) {
            answered += row[label];
        }
        return ratio(counts[label][label], answered);
    }

    /** Of the rows that have the label, the share answered with it. */
    public double recall(int label) {
        return ratio(counts[label][label], support(label));
    }

    /** The mean of the F1 of the classes that occur. */
    public double macroF1() {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < counts.length; k++) {
            if (support(k) > 0) {
                double p = precision(k);
                double r = recall(k);
                sum += p + r == 0 ? 0 : 2 * p * r / (p + r);
                classes++;
            }
        }
        return classes == 0 ? 0 : sum / classes;
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
