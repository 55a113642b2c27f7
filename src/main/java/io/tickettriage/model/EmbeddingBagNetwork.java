package io.tickettriage.model;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;

/**
 * The network of artifact version 2: an embedding bag over words, phrases and fragments, and one linear layer for all
 * heads. The logits are linear in the features, so each can be explained exactly.
 */
public final class EmbeddingBagNetwork implements Network {
    private final TokenizerConfig rules;
    private final Vocabulary vocabulary;
    private final EmbeddingBag bag;
    private final Int8Matrix output;
    private final float[] bias;
    /** The output weights as floats, {@code [dimensions][outputs]}: the inner loop then runs over one row. */
    private final float[] outputColumns;

    /**
     * A network of these weights.
     *
     * @param bag {@code [dimensions][vocabulary]}
     * @param output {@code [outputs][dimensions]}, the heads' rows one after another
     * @param bias {@code [outputs]}
     */
    public EmbeddingBagNetwork(
            TokenizerConfig rules, Vocabulary vocabulary, Int8Matrix bag, Int8Matrix output, float[] bias) {
        check("bag", bag.columns(), "columns", vocabulary.size(), "terms and fragments");
        check("output", output.columns(), "columns", bag.rows(), "dimensions of the bag");
        check("bias", bias.length, "values", output.rows(), "outputs");
        for (int k = 0; k < bias.length; k++) {
            if (!Float.isFinite(bias[k])) {
                throw new IllegalArgumentException("tensor bias: value " + k + " is " + bias[k]);
            }
        }
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.bag = new EmbeddingBag(bag);
        this.output = output;
        this.bias = bias.clone();
        float[] rowMajor = output.dequantize();
        this.outputColumns = new float[rowMajor.length];
        for (int k = 0; k < output.rows(); k++) {
            for (int d = 0; d < output.columns(); d++) {
                outputColumns[d * output.rows() + k] = rowMajor[k * output.columns() + d];
            }
        }
    }

    @Override
    public EmbeddingBagForwardPass newForwardPass() {
        return new EmbeddingBagForwardPass(this);
    }

    @Override
    public Size size() {
        long weights = (long) bag.matrix().rows() * bag.matrix().columns() + (long) output.rows() * output.columns();
        long floats = bag.matrix().rows() + 2L * output.rows();
        return new Size(weights + output.rows(), weights + 4 * floats);
    }

    /** How text becomes features. */
    public TokenizerConfig rules() {
        return rules;
    }

    /** The features the network knows. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The first layer, {@code [dimensions][vocabulary]}. */
    public Int8Matrix bag() {
        return bag.matrix();
    }

    /** The last layer, {@code [outputs][dimensions]}. */
    public Int8Matrix output() {
        return output;
    }

    /** The biases of the last layer. */
    public float[] bias() {
        return bias.clone();
    }

    EmbeddingBag embeddingBag() {
        return bag;
    }

    int outputs() {
        return bias.length;
    }

    /** Writes the logits of a hidden vector, {@code bias + W · hidden}. */
    void logits(float[] hidden, float[] out) {
        System.arraycopy(bias, 0, out, 0, bias.length);
        addOutput(hidden, out);
    }

    /** Adds {@code W · hidden} to {@code out}. */
    void addOutput(float[] hidden, float[] out) {
        int outputs = bias.length;
        for (int d = 0; d < hidden.length; d++) {
            float h = hidden[d];
            int column = d * outputs;
            for (int k = 0; k < outputs; k++) {
                out[k] += outputColumns[column + k] * h;
            }
        }
    }

    private static void check(String tensor, int found, String unit, int expected, String of) {
        if (found != expected) {
            throw new IllegalArgumentException("tensor " + tensor + ": has " + found + " " + unit + ", expected "
                    + expected + ", one for each of the " + of);
        }
    }
}
