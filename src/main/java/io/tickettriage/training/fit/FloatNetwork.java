package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;

/**
 * A network with float weights: as it is trained, before it is quantized.
 *
 * @param dimensions of the bag
 * @param bag {@code [vocabulary][dimensions]}
 * @param output {@code [logits][dimensions]}
 * @param bias {@code [logits]}
 */
public record FloatNetwork(int dimensions, float[] bag, float[] output, float[] bias) {
    /** How many features the bag has. */
    int features() {
        return bag.length / dimensions;
    }

    /** The logits of a text, {@code bias + W · Σ_f e_f / √n}. */
    public float[] logits(int[] features) {
        float[] hidden = new float[dimensions];
        for (int feature : features) {
            for (int d = 0; d < dimensions; d++) {
                hidden[d] += bag[feature * dimensions + d];
            }
        }
        float norm = features.length == 0 ? 0 : (float) (1 / Math.sqrt(features.length));
        float[] logits = bias.clone();
        for (int k = 0; k < logits.length; k++) {
            float sum = 0;
            for (int d = 0; d < dimensions; d++) {
                sum += output[k * dimensions + d] * hidden[d];
            }
            logits[k] += norm * sum;
        }
        return logits;
    }

    /** The network with int8 weights; each dimension of the bag and each row of the output has its own scale. */
    public EmbeddingBagNetwork quantize(TokenizerConfig tokenizer, Vocabulary vocabulary) {
        float[] byDimension = transposed(bag, features(), dimensions);
        return new EmbeddingBagNetwork(
                tokenizer,
                vocabulary,
                Int8Matrix.quantize(byDimension, dimensions, features()),
                Int8Matrix.quantize(output, bias.length, dimensions),
                bias);
    }

    /** The float weights of a quantized network. */
    public static FloatNetwork of(EmbeddingBagNetwork network) {
        Int8Matrix bag = network.bag();
        float[] byFeature = transposed(bag.dequantize(), bag.rows(), bag.columns());
        return new FloatNetwork(bag.rows(), byFeature, network.output().dequantize(), network.bias());
    }

    /** A matrix {@code [rows][columns]} as {@code [columns][rows]}. */
    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = matrix[r * columns + c];
            }
        }
        return transposed;
    }

    /** The same network over another vocabulary; what {@code from} does not have starts at zero. */
    public FloatNetwork onto(Vocabulary from, Vocabulary to) {
        float[] rows = new float[to.size() * dimensions];
        int[] fragments = to.fragments();
        for (int row = 0; row < to.size(); row++) {
            int fingerprint = row < to.terms().size()
                    ? Vocabulary.fingerprint(to.terms().get(row))
                    : fragments[row - to.terms().size()];
            int old = from.row(fingerprint);
            if (old >= 0) {
                System.arraycopy(bag, old * dimensions, rows, row * dimensions, dimensions);
            }
        }
        return new FloatNetwork(dimensions, rows, output, bias);
    }
}
