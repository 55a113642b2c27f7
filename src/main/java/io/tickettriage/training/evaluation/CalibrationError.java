package io.tickettriage.training.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/** How far confidences are from accuracy, in 15 equal bins of confidence (a reliability diagram). */
public final class CalibrationError {
    private static final int BINS = 15;

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

    /** The predictions of one bin: how many, their mean confidence, and the share that is correct. */
    public record Bin(int n, double confidence, double accuracy) {}

    /** The bins, from the lowest confidence. */
    public List<Bin> bins() {
        return IntStream.range(0, BINS)
                .mapToObj(b -> counts[b] == 0
                        ? new Bin(0, 0, 0)
                        : new Bin(counts[b], confidences[b] / counts[b], (double) correct[b] / counts[b]))
                .toList();
    }

    /** The expected calibration error: {@code Σ_bin n/N · |accuracy − confidence|}. */
    public double expected() {
        int all = 0;
        double sum = 0;
        for (Bin bin : bins()) {
            all += bin.n();
            sum += bin.n() * Math.abs(bin.accuracy() - bin.confidence());
        }
        return all == 0 ? 0 : sum / all;
    }
}
