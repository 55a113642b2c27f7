package io.tickettriage.model;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;

/**
 * The network of artifact version 2: an embedding bag over words, phrases and character n-grams, and one linear layer for
 * all heads. The logits are linear in the features, so each can be explained exactly.
 */
public final class EmbeddingBagNetwork implements Network {
    private final TokenizerConfig config;
    private final Vocabulary vocabulary;
    private final EmbeddingBag bag;
    /** {@code [outputs][dimensions]}, as a file has it. */
    private final Int8Matrix output;
    /** {@code [outputs]}. */
    private final float[] bias;
    /**
     * {@code [dimensions][outputs]}: the output weights as floats, a few kilobytes, so that the inner loop runs over one row
     * and need not scale.
     */
    private final float[] outputColumns;

    /**
     * A network of these weights.
     *
     * @param bag one column for each row of the vocabulary
     * @param output {@code [outputs][dimensions]}, the heads' rows one after another
     * @param bias {@code [outputs]}
     */
    public EmbeddingBagNetwork(
            TokenizerConfig config, Vocabulary vocabulary, EmbeddingBag bag, Int8Matrix output, float[] bias) {
        check("bag", bag.features(), "columns", vocabulary.size(), "terms and character n-grams");
        check("output", output.columns(), "columns", bag.dimensions(), "dimensions of the bag");
        check("bias", bias.length, "values", output.rows(), "outputs");
        for (int k = 0; k < bias.length; k++) {
            if (!Float.isFinite(bias[k])) {
                throw new IllegalArgumentException("tensor bias: value " + k + " is " + bias[k]);
            }
        }
        this.config = config;
        this.vocabulary = vocabulary;
        this.bag = bag;
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
        long weights = (long) bag.dimensions() * bag.features() + (long) output.rows() * output.columns();
        long floats = bag.dimensions() + 2L * output.rows();
        return new Size(weights + output.rows(), weights + 4 * floats);
    }

    /** How text becomes features. */
    public TokenizerConfig config() {
        return config;
    }

    /** The features the network knows. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The first layer. */
    public EmbeddingBag bag() {
        return bag;
    }

    /** The last layer, {@code [outputs][dimensions]}. */
    public Int8Matrix output() {
        return output;
    }

    /** The biases of the last layer, {@code [outputs]}. */
    public float[] bias() {
        return bias.clone();
    }

    int outputs() {
        return bias.length;
    }

    /** Writes the logits {@code [outputs]} of a hidden vector {@code [dimensions]}: {@code bias + W · hidden}. */
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

    /** What one feature adds to each logit, {@code W · e_f}, before the division by √n: {@code [outputs]}. */
    public float[] featureWeights(int feature) {
        int[] sums = bag.newSums();
        bag.sum(new int[] {feature}, 0, 1, sums);
        float[] hidden = new float[bag.dimensions()];
        bag.scale(sums, 1, hidden);
        float[] added = new float[outputs()];
        addOutput(hidden, added);
        return added;
    }

    private static void check(String tensor, int found, String unit, int expected, String of) {
        if (found != expected) {
            throw new IllegalArgumentException("tensor " + tensor + ": has " + found + " " + unit + ", expected "
                    + expected + ", one for each of the " + of);
        }
    }
}
