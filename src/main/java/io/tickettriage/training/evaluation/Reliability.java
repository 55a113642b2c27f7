package io.tickettriage.training.evaluation;

/** How far confidences can be taken at their word: 15 equal bins of confidence, and how often each was right. */
public final class Reliability {
    /** The number of bins. */
    public static final int BINS = 15;

    private final int[] counts = new int[BINS];
    private final int[] right = new int[BINS];
    private final double[] confidences = new double[BINS];

    /** Counts an answer. */
    public void add(double confidence, boolean isRight) {
        int bin = (int) Math.max(0, Math.min(BINS - 1, Math.ceil(confidence * BINS) - 1));
        counts[bin]++;
        right[bin] += isRight ? 1 : 0;
        confidences[bin] += confidence;
    }

    /** How many answers fell into a bin. */
    public int count(int bin) {
        return counts[bin];
    }

    /** The share of a bin's answers that was right. */
    public double accuracy(int bin) {
        return counts[bin] == 0 ? 0 : (double) right[bin] / counts[bin];
    }

    /** The mean confidence of a bin's answers. */
    public double confidence(int bin) {
        return counts[bin] == 0 ? 0 : confidences[bin] / counts[bin];
    }

    /** The expected calibration error: {@code Σ_bin n/N · |accuracy − confidence|}. */
    public double expectedError() {
        int all = 0;
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            all += counts[bin];
            sum += counts[bin] * Math.abs(accuracy(bin) - confidence(bin));
        }
        return all == 0 ? 0 : sum / all;
    }
}
