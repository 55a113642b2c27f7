package io.tickettriage.training.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where a head's confidence is good enough, chosen on the rows that judge. */
public final class Thresholds {
    private static final int CURVE_POINTS = 20;

    private Thresholds() {}

    /** A confidence, whether the answer was right, and what the row counts. */
    public record Answer(float confidence, boolean right, double weight) {}

    /**
     * A point of the curve of coverage and precision.
     *
     * @param threshold the confidence from which answers are kept
     * @param coverage the share of answers that is kept
     * @param precision the share of the kept ones that is right
     */
    public record Point(float threshold, double coverage, double precision) {}

    /** A chosen threshold and the curve it was chosen from. */
    public record Choice(float threshold, List<Point> curve) {
        /** Copies the list. */
        public Choice {
            curve = List.copyOf(curve);
        }
    }

    /**
     * The lowest threshold at which the kept answers reach {@code precision}, but never one that leaves out more than {@code
     * mostReviewed} of them.
     */
    public static Choice review(List<Answer> answers, double precision, double mostReviewed) {
        List<Point> points = points(answers);
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
        return new Choice(floor(threshold), curve(points));
    }

    /**
     * The lowest threshold from which a label's answers reach {@code precision}; 1 if none does. {@code answers} are the
     * scores of that label on all rows, right where the row has it.
     */
    public static Choice decision(List<Answer> answers, double precision) {
        List<Point> points = points(answers);
        float threshold = 1;
        for (int i = points.size() - 1; i >= 0; i--) {
            if (points.get(i).precision() >= precision) {
                threshold = points.get(i).threshold();
            }
        }
        return new Choice(threshold, curve(points));
    }

    /** A point for each different confidence, the lowest first. */
    private static List<Point> points(List<Answer> answers) {
        List<Answer> sorted = new ArrayList<>(answers);
        sorted.sort(Comparator.comparingDouble((Answer a) -> -a.confidence()));
        double all = answers.stream().mapToDouble(Answer::weight).sum();
        List<Point> points = new ArrayList<>();
        double kept = 0;
        double right = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Answer answer = sorted.get(i);
            kept += answer.weight();
            right += answer.right() ? answer.weight() : 0;
            if (i + 1 == sorted.size() || sorted.get(i + 1).confidence() < answer.confidence()) {
                points.add(0, new Point(answer.confidence(), kept / all, right / kept));
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

    /** Two decimals, so that the last bits of a score decide nothing. */
    private static float floor(float threshold) {
        return (float) (Math.floor(threshold * 100.0) / 100);
    }
}
