package io.tickettriage.training.fit;

import io.tickettriage.training.data.TrainingRow;
import java.util.List;

/**
 * The labels the network is trained towards, as weights: one column per label of each head, 0 in all of a head's columns
 * where its label is unknown.
 */
final class Targets {
    private static final double LEAST = 0.25;
    private static final double MOST = 4;

    private final HeadLayout layout;
    private final Hyperparameters.Loss loss;
    /** {@code [columns]} */
    private final double[] classWeights;

    Targets(HeadLayout layout, List<TrainingRow> rows, Hyperparameters.Loss loss) {
        this.layout = layout;
        this.loss = loss;
        this.classWeights = new double[layout.columns()];
        double[] counts = new double[layout.columns()];
        for (TrainingRow row : rows) {
            for (HeadLayout.Place place : layout.places()) {
                int label = place.target(row);
                if (label >= 0) {
                    counts[place.firstColumn() + label] += weight(place, row);
                }
            }
        }
        for (HeadLayout.Place place : layout.places()) {
            double all = 0;
            for (int k = 0; k < place.columns(); k++) {
                all += counts[place.firstColumn() + k];
            }
            for (int k = 0; k < place.columns(); k++) {
                double count = counts[place.firstColumn() + k];
                double balanced = count == 0 ? 1 : Math.pow(all / (place.columns() * count), loss.classBalance());
                classWeights[place.firstColumn() + k] = Math.max(LEAST, Math.min(MOST, balanced));
            }
        }
    }

    /** The target columns of a row. */
    float[] of(TrainingRow row) {
        float[] columns = new float[layout.columns()];
        for (HeadLayout.Place place : layout.places()) {
            int label = place.target(row);
            if (label >= 0) {
                int column = place.firstColumn() + label;
                columns[column] = (float) (weight(place, row)
                        * classWeights[column]
                        * loss.headWeights().getOrDefault(place.name(), 1f));
            }
        }
        return columns;
    }

    private double weight(HeadLayout.Place place, TrainingRow row) {
        return row.weight() * (row.weakHeads().contains(place.name()) ? loss.weakLabelWeight() : 1);
    }
}
