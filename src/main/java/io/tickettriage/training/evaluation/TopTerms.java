package io.tickettriage.training.evaluation;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Activation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The terms with the largest weight for each label of a head: {@code W_k · e_f}, less the mean over the head's labels. */
public final class TopTerms {
    private TopTerms() {}

    /** Label → its strongest terms, strongest first; empty for a network whose logits are not linear in its terms. */
    public static Map<String, List<String>> of(TicketModel model, Head head, int terms) {
        if (!(model.network() instanceof EmbeddingBagNetwork network) || head.outputs() == 0) {
            return Map.of();
        }
        int offset = 0;
        for (Head other : model.heads().subList(0, model.heads().indexOf(head))) {
            offset += other.outputs();
        }
        List<String> vocabulary = network.vocabulary().terms();
        /* [terms][labels] */
        float[][] weights = new float[vocabulary.size()][];
        for (int f = 0; f < weights.length; f++) {
            weights[f] = weights(network, head, offset, f);
        }
        Map<String, List<String>> top = new LinkedHashMap<>();
        for (int k = 0; k < head.labels().size(); k++) {
            int label = k;
            Stream<Integer> strongest = IntStream.range(0, weights.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(f -> -weights[f][label]))
                    .limit(terms);
            top.put(head.labels().get(k), strongest.map(vocabulary::get).toList());
        }
        return top;
    }

    private static float[] weights(EmbeddingBagNetwork network, Head head, int offset, int feature) {
        float[] weights = Arrays.copyOfRange(network.featureWeights(feature), offset, offset + head.outputs());
        if (head.activation() == Activation.SIGMOID) {
            return new float[] {-weights[0], weights[0]};
        }
        float mean = 0;
        for (float weight : weights) {
            mean += weight / weights.length;
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= mean;
        }
        return weights;
    }
}
