package io.tickettriage.model;

import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;

/**
 * The network of artifact version 2: an embedding bag over words, phrases and character n-grams, and one linear layer for
 * all heads. The logits are linear in the features, so each can be explained exactly.
 *
 * @param bag one column for each row of the vocabulary
 * @param output {@code [outputs][dimensions]}, the heads' rows one after another
 * @param bias {@code [outputs]}; not to be changed
 */
public record EmbeddingBagNetwork(
        TokenizerConfig config, Vocabulary vocabulary, EmbeddingBag bag, Int8Matrix output, float[] bias)
        implements Network {

    public EmbeddingBagNetwork {
        check("bag", bag.features(), "columns", vocabulary.size(), "terms and character n-grams");
        check("output", output.columns(), "columns", bag.dimensions(), "dimensions of the bag");
        check("bias", bias.length, "values", output.rows(), "outputs");
        for (int k = 0; k < bias.length; k++) {
            if (!Float.isFinite(bias[k])) {
                throw new IllegalArgumentException("tensor bias: value " + k + " is " + bias[k]);
            }
        }
    }

    private static void check(String tensor, int found, String unit, int expected, String of) {
        if (found != expected) {
            throw new IllegalArgumentException("tensor " + tensor + ": has " + found + " " + unit + ", expected "
                    + expected + ", one for each of the " + of);
        }
    }

    @Override
    public ForwardPass newForwardPass() {
        return new EmbeddingBagForwardPass(this);
    }

    @Override
    public Size size() {
        long weights = (long) bag.dimensions() * bag.features() + (long) output.rows() * output.columns();
        long floats = bag.dimensions() + 2L * output.rows();
        return new Size(weights + output.rows(), weights + 4 * floats);
    }

    /** What one feature adds to each logit, {@code W · e_f}, before the division by √n: {@code [outputs]}. */
    public float[] featureWeights(int feature) {
        int[] sums = bag.newSums();
        bag.sum(new int[] {feature}, 0, 1, sums);
        float[] hidden = new float[bag.dimensions()];
        bag.scale(sums, 1, hidden);
        float[] added = new float[bias.length];
        for (int k = 0; k < added.length; k++) {
            for (int d = 0; d < hidden.length; d++) {
                added[k] += output.quantized(k, d) * output.scale(k) * hidden[d];
            }
        }
        return added;
    }
}
