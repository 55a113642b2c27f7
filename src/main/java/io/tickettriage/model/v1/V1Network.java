package io.tickettriage.model.v1;

import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.Network;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network of artifact version 1 ({@code hybrid_tiny_multitask}): word counts, keyword flags and an averaged
 * embedding {@code [tokens][dimensions]} through dense layers with ReLU, then one layer per head, in the model's order.
 */
record V1Network(
        V1Normalizer normalizer, V1Fields.Vocab vocab, Int8Matrix embedding, List<Linear> layers, List<Linear> heads)
        implements Network {

    /** {@code bias + W · x}. */
    record Linear(Int8Matrix weights, float[] bias) {
        float[] apply(float[] x) {
            float[] y = new float[bias.length];
            weights.multiplyAdd(x, bias, y);
            return y;
        }
    }

    @Override
    public ForwardPass newForwardPass() {
        return new V1ForwardPass(this);
    }

    @Override
    public Size size() {
        List<Linear> all = Stream.concat(layers.stream(), heads.stream()).toList();
        long weights = embedding.weights().length
                + all.stream()
                        .mapToLong(layer -> layer.weights().weights().length)
                        .sum();
        long floats = embedding.rows()
                + all.stream().mapToLong(layer -> 2L * layer.bias().length).sum();
        return new Size(weights + floats, weights + 4 * floats);
    }
}
