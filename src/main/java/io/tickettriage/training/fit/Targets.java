package io.tickettriage.training.fit;

import io.tickettriage.training.data.TrainingRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the network should answer, as weights: one column per label of each head, 0 in all of a head's columns where its
 * label is unknown.
 */
final class Targets {
    private static final double LEAST = 0.25;
    private static final double MOST = 4;

    private final HeadLayout layout;
    private final float filledWeight;
    private final Map<String, Float> headWeights;
    private final double[] classWeights;

    /**
     * Targets for these rows.
     *
     * @param filledWeight what a label guessed by a heuristic counts, next to 1
     * @param classBalance 0 to count each row alike, 1 to count each class alike, between them a power of the one
     * @param headWeights head → what its loss counts; 1 where it is not named
     */
    Targets(
            HeadLayout layout,
            Collection<TrainingRow> rows,
            float filledWeight,
            double classBalance,
            Map<String, Float> headWeights) {
        this.layout = layout;
        this.filledWeight = filledWeight;
        this.headWeights = headWeights;
        this.classWeights = new double[layout.columns()];
        double[] counts = new double[layout.columns()];
        for (TrainingRow row : rows) {
            for (HeadLayout.Place place : layout.places()) {
                int label = label(place, row);
                if (label >= 0) {
                    counts[place.firstColumn() + label] += weight(place, row);
                }
            }
        }
        for (HeadLayout.Place place : layout.places()) {
            double all = 0;
            for (int k = 0; k < place.labels(); k++) {
                all += counts[place.firstColumn() + k];
            }
            for (int k = 0; k < place.labels(); k++) {
                double count = counts[place.firstColumn() + k];
                double balanced = count == 0 ? 1 : Math.pow(all / (place.labels() * count), classBalance);
                classWeights[place.firstColumn() + k] = Math.max(LEAST, Math.min(MOST, balanced));
            }
        }
    }

    /** The target columns of a row. */
    float[] of(TrainingRow row) {
        float[] columns = new float[layout.columns()];
        for (HeadLayout.Place place : layout.places()) {
            int label = label(place, row);
            if (label >= 0) {
                int column = place.firstColumn() + label;
                columns[column] = (float) (weight(place, row)
                        * classWeights[column]
                        * headWeights.getOrDefault(place.head().name(), 1f));
            }
        }
        return columns;
    }

    private double weight(HeadLayout.Place place, TrainingRow row) {
        return row.weight() * (row.filled().contains(place.head().name()) ? filledWeight : 1);
    }

    /** The index of the row's label of a head, or −1. */
    static int label(HeadLayout.Place place, TrainingRow row) {
        String label = row.example().labels().get(place.head().name());
        List<String> labels = place.head().labels();
        return label == null ? -1 : labels.indexOf(label);
    }
}
