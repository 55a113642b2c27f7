package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBag;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;

/**
 * A network with float weights: as it is trained, before it is quantized.
 *
 * @param bag {@code [vocabulary][dimensions]}
 * @param output {@code [logits][dimensions]}
 * @param bias {@code [logits]}
 */
public record FloatNetwork(Vocabulary vocabulary, int dimensions, float[] bag, float[] output, float[] bias) {
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
    public EmbeddingBagNetwork quantize(TokenizerConfig tokenizer) {
        EmbeddingBag int8Bag = EmbeddingBag.quantize(bag, vocabulary.size(), dimensions);
        Int8Matrix int8Output = Int8Matrix.quantize(output, bias.length, dimensions);
        return new EmbeddingBagNetwork(tokenizer, vocabulary, int8Bag, int8Output, bias);
    }

    /** The float weights of a quantized network. */
    public static FloatNetwork of(EmbeddingBagNetwork network) {
        EmbeddingBag bag = network.bag();
        float[] output = network.output().dequantize();
        return new FloatNetwork(network.vocabulary(), bag.dimensions(), bag.dequantize(), output, network.bias());
    }

    /** The same network over another vocabulary; features that are new start at zero. */
    FloatNetwork onto(Vocabulary to) {
        float[] rows = new float[to.size() * dimensions];
        int[] ngrams = to.charNgrams();
        for (int row = 0; row < to.size(); row++) {
            int ngram = row - to.terms().size();
            int fingerprint = ngram < 0 ? Vocabulary.fingerprint(to.terms().get(row)) : ngrams[ngram];
            int old = vocabulary.row(fingerprint);
            if (old >= 0) {
                System.arraycopy(bag, old * dimensions, rows, row * dimensions, dimensions);
            }
        }
        return new FloatNetwork(to, dimensions, rows, output, bias);
    }
}
