package io.tickettriage.training.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the confidence that is high enough, on validation rows. */
public final class Thresholds {
    private static final int CURVE_POINTS = 20;

    private Thresholds() {}

    /** The confidence of a prediction, whether it is correct, and the row's weight. */
    public record Scored(float confidence, boolean correct, double weight) {}

    /** The share of predictions that is kept from a confidence on, and the share of those that is correct. */
    public record Point(float threshold, double coverage, double precision) {}

    /** A chosen threshold and the curve it was chosen from. */
    public record Choice(float threshold, List<Point> curve) {}

    /**
     * The lowest threshold at which the kept predictions reach {@code precision}, but never one that leaves out more than {@code
     * mostReviewed} of them.
     */
    public static Choice review(List<Scored> scored, double precision, double mostReviewed) {
        List<Point> points = points(scored);
        float threshold = 0;
        for (Point point : points) {
            if (point.coverage() < 1 - mostReviewed) {
                break;
            }
            threshold = point.threshold();
            if (point.precision() >= precision) {
                break;
            }
        }
        // Two decimals, so that the last bits of a score decide nothing.
        return new Choice((float) (Math.floor(threshold * 100.0) / 100), curve(points));
    }

    /**
     * The lowest threshold from which predictions of a label reach {@code precision}; 1 if none does. {@code scored} are
     * the scores of that label on all rows, correct where the row has it.
     */
    public static Choice decision(List<Scored> scored, double precision) {
        List<Point> points = points(scored);
        float threshold = 1;
        for (int i = points.size() - 1; i >= 0; i--) {
            if (points.get(i).precision() >= precision) {
                threshold = points.get(i).threshold();
            }
        }
        return new Choice(threshold, curve(points));
    }

    /** A point for each different confidence, the lowest first. */
    private static List<Point> points(List<Scored> scored) {
        List<Scored> sorted = new ArrayList<>(scored);
        sorted.sort(Comparator.comparingDouble((Scored a) -> -a.confidence()));
        double all = scored.stream().mapToDouble(Scored::weight).sum();
        List<Point> points = new ArrayList<>();
        double kept = 0;
        double correct = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Scored prediction = sorted.get(i);
            kept += prediction.weight();
            correct += prediction.correct() ? prediction.weight() : 0;
            if (i + 1 == sorted.size() || sorted.get(i + 1).confidence() < prediction.confidence()) {
                points.add(0, new Point(prediction.confidence(), kept / all, correct / kept));
            }
        }
        return points;
    }

    private static List<Point> curve(List<Point> points) {
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i < CURVE_POINTS && !points.isEmpty(); i++) {
            curve.add(points.get(i * (points.size() - 1) / (CURVE_POINTS - 1)));
        }
        return curve.stream().distinct().toList();
    }
}
