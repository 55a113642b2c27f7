package io.tickettriage.training.evaluation;

/** How far confidences are from accuracy, in 15 equal bins of confidence (a reliability diagram). */
public final class CalibrationError {
    /** The number of bins. */
    public static final int BINS = 15;

    private final int[] counts = new int[BINS];
    private final int[] correct = new int[BINS];
    private final double[] confidences = new double[BINS];

    /** Counts a prediction. */
    public void add(double confidence, boolean isCorrect) {
        int bin = (int) Math.max(0, Math.min(BINS - 1, Math.ceil(confidence * BINS) - 1));
        counts[bin]++;
        correct[bin] += isCorrect ? 1 : 0;
        confidences[bin] += confidence;
    }

    /** How many predictions fell into a bin. */
    public int count(int bin) {
        return counts[bin];
    }

    /** The share of a bin's predictions that is correct. */
    public double accuracy(int bin) {
        return counts[bin] == 0 ? 0 : (double) correct[bin] / counts[bin];
    }

    /** The mean confidence of a bin's predictions. */
    public double confidence(int bin) {
        return counts[bin] == 0 ? 0 : confidences[bin] / counts[bin];
    }

    /** The expected calibration error: {@code Σ_bin n/N · |accuracy − confidence|}. */
    public double expected() {
        int all = 0;
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            all += counts[bin];
            sum += counts[bin] * Math.abs(accuracy(bin) - confidence(bin));
        }
        return all == 0 ? 0 : sum / all;
    }
}
