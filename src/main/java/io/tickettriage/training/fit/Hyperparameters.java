package io.tickettriage.training.fit;

import java.util.HashMap;
import java.util.Map;

/**
 * The settings of one training.
 *
 * @param committee how many networks learn, each from another seed, to be merged into one
 * @param dimensions of the bag
 * @param epochs at most
 * @param patience how many epochs without a better one end the training
 * @param batchRows rows a step
 * @param learningRate of Adam at the start; falls to a twentieth along half a cosine
 * @param weightDecay what the bag loses of itself a step
 * @param featureDropout the share of features left out of a row
 * @param wordDropout the share of words left out, with all their features
 * @param noiseShare the share of rows that are read in another style in each epoch
 * @param filledWeight what a label guessed by a heuristic counts
 * @param classBalance 0 to count each row alike, 1 to count each class alike
 * @param focalGamma of the focal loss, 0 for cross-entropy
 * @param headWeights head → what its loss counts; 1 where it is not named
 */
public record Hyperparameters(
        int committee,
        int dimensions,
        int epochs,
        int patience,
        int batchRows,
        float learningRate,
        float weightDecay,
        float featureDropout,
        float wordDropout,
        float noiseShare,
        float filledWeight,
        float classBalance,
        float focalGamma,
        Map<String, Float> headWeights) {

    /** Checks the ranges. */
    public Hyperparameters {
        headWeights = headWeights == null ? Map.of() : new HashMap<>(headWeights);
        check("committee", committee, 1, 50);
        check("dimensions", dimensions, 1, 1024);
        check("epochs", epochs, 1, 1000);
        check("patience", patience, 1, 1000);
        check("batch_rows", batchRows, 1, 65_536);
        check("learning_rate", learningRate, 0, 1);
        check("weight_decay", weightDecay, 0, 1);
        check("feature_dropout", featureDropout, 0, 0.95);
        check("word_dropout", wordDropout, 0, 0.95);
        check("noise_share", noiseShare, 0, 1);
        check("filled_weight", filledWeight, 0, 1);
        check("class_balance", classBalance, 0, 1);
        check("focal_gamma", focalGamma, 0, 10);
    }

    private static void check(String name, double value, double from, double to) {
        if (!(value >= from && value <= to)) {
            throw new IllegalArgumentException("fit." + name + " is " + value + ", expected " + from + " to " + to);
        }
    }
}
