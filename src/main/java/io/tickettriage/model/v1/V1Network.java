package io.tickettriage.model.v1;

import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.Network;
import java.util.List;
import java.util.Map;

/**
 * The network of artifact version 1 ({@code hybrid_tiny_multitask}): word counts, keyword flags and an averaged embedding
 * through two dense layers with ReLU, then one layer per head.
 *
 * @param normalizer text to normalised text
 * @param bagOfWords token → place in the input
 * @param keywords phrases, in input order after the words; one counts where the normalised text contains it anywhere
 * @param embeddingRows token → row of {@code embedding}
 * @param embedding {@code [tokens][dimensions]}, quantized per row
 * @param maxTokens how many tokens the embedding averages
 * @param layers the dense layers, each followed by ReLU
 * @param heads one layer per head, in the model's order
 */
public record V1Network(
        V1Normalizer normalizer,
        Map<String, Integer> bagOfWords,
        List<String> keywords,
        Map<String, Integer> embeddingRows,
        Int8Matrix embedding,
        int maxTokens,
        List<Linear> layers,
        List<Linear> heads)
        implements Network {

    /** {@code bias + W · x}. */
    public record Linear(Int8Matrix weights, float[] bias) {}

    @Override
    public V1ForwardPass newForwardPass() {
        return new V1ForwardPass(this);
    }

    @Override
    public Size size() {
        long weights = (long) embedding.rows() * embedding.columns();
        long floats = embedding.rows();
        for (List<Linear> group : List.of(layers, heads)) {
            for (Linear layer : group) {
                weights += (long) layer.weights().rows() * layer.weights().columns();
                floats += 2L * layer.weights().rows();
            }
        }
        return new Size(weights + floats, weights + 4 * floats);
    }

    int inputs() {
        return bagOfWords.size() + keywords.size() + embedding.columns();
    }
}
