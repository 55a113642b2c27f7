package io.tickettriage.training.fit;

import io.tickettriage.text.Vocabulary;
import java.util.List;

/**
 * Merges networks into one whose logits are the mean of theirs.
 *
 * <p>Each is linear in its features, {@code logits = b + W · Σ_f e_f / √n}, so their mean is too: the row of a feature is the
 * mean of {@code W · e_f}, one dimension for each logit, and the output the identity. Nothing is lost: a network has no more
 * independent dimensions than it has logits.
 */
final class Ensemble {
    private Ensemble() {}

    static FloatNetwork mean(List<FloatNetwork> members) {
        int logits = members.get(0).bias().length;
        Vocabulary vocabulary = members.get(0).vocabulary();
        float[] bag = new float[vocabulary.size() * logits];
        float[] bias = new float[logits];
        float share = 1f / members.size();
        for (FloatNetwork member : members) {
            int dimensions = member.dimensions();
            for (int f = 0; f < vocabulary.size(); f++) {
                for (int k = 0; k < logits; k++) {
                    float sum = 0;
                    for (int d = 0; d < dimensions; d++) {
                        sum += member.output()[k * dimensions + d] * member.bag()[f * dimensions + d];
                    }
                    bag[f * logits + k] += share * sum;
                }
            }
            for (int k = 0; k < logits; k++) {
                bias[k] += share * member.bias()[k];
            }
        }
        float[] identity = new float[logits * logits];
        for (int k = 0; k < logits; k++) {
            identity[k * logits + k] = 1;
        }
        return new FloatNetwork(vocabulary, logits, bag, identity, bias);
    }
}
