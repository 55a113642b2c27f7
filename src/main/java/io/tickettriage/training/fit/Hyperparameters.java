package io.tickettriage.training.fit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.HashMap;
import java.util.Map;

/** The settings of one training, in groups whose fields stand side by side in files. */
public record Hyperparameters(
        @JsonUnwrapped Size size,
        @JsonUnwrapped Schedule schedule,
        @JsonUnwrapped Regularization regularization,
        @JsonUnwrapped Loss loss) {
    /** How large the network is: an ensemble, each member from another seed, merged into one; the bag's dimensions. */
    public record Size(@JsonProperty("committee") int ensemble, int dimensions) {
        public Size {
            check("committee", ensemble, 1, 50);
            check("dimensions", dimensions, 1, 1024);
        }
    }

    /**
     * How long and how fast it is trained.
     *
     * @param epochs at most, or until {@code patience} epochs had none better
     * @param learningRate of Adam at the start; falls to a twentieth along half a cosine
     * @param weightDecay the share the bag's weights lose in a step
     */
    public record Schedule(int epochs, int patience, int batchRows, float learningRate, float weightDecay) {
        public Schedule {
            check("epochs", epochs, 1, 1000);
            check("patience", patience, 1, 1000);
            check("batch_rows", batchRows, 1, 65_536);
            check("learning_rate", learningRate, 0, 1);
            check("weight_decay", weightDecay, 0, 1);
        }
    }

    /** Against learning by heart: the shares of features and of words left out, and of rows augmented. */
    public record Regularization(float featureDropout, float wordDropout, float noiseShare) {
        public Regularization {
            check("feature_dropout", featureDropout, 0, 0.95);
            check("word_dropout", wordDropout, 0, 0.95);
            check("noise_share", noiseShare, 0, 1);
        }
    }

    /**
     * What is minimised.
     *
     * @param weakLabelWeight the weight of a weak label, next to 1
     * @param classBalance 0 to weigh each row alike, 1 to weigh each label alike, between them a power of the one
     * @param focalGamma of the focal loss, 0 for cross-entropy
     */
    public record Loss(
            @JsonProperty("filled_weight") float weakLabelWeight,
            float classBalance,
            float focalGamma,
            Map<String, Float> headWeights) {
        public Loss {
            headWeights = new HashMap<>(headWeights);
            check("filled_weight", weakLabelWeight, 0, 1);
            check("class_balance", classBalance, 0, 1);
            check("focal_gamma", focalGamma, 0, 10);
        }
    }

    /** The settings of one network that continues training, for about {@code steps} batches of {@code rows} rows. */
    public Hyperparameters forWarmStart(int steps, float learningRate, int rows) {
        int batchRows = schedule.batchRows();
        int epochs = Math.max(1, Math.round((float) steps * batchRows / rows));
        var continued = new Schedule(epochs, epochs, batchRows, learningRate, schedule.weightDecay());
        return new Hyperparameters(new Size(1, size.dimensions()), continued, regularization, loss);
    }

    private static void check(String name, double value, double from, double to) {
        if (!(value >= from && value <= to)) {
            throw new IllegalArgumentException("fit." + name + " is " + value + ", expected " + from + " to " + to);
        }
    }
}
