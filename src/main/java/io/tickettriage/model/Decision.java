package io.tickettriage.model;

import io.tickettriage.taxonomy.Activation;
import java.util.function.IntPredicate;

/**
 * Some labels of a head against its others, by their logits.
 *
 * @param offset where the head's logits begin
 * @param chosen {@code [logits]}: the share of each among the chosen; 0 for the others
 * @param others {@code [logits]}: the share of each among the others; 0 for the chosen
 * @param temperature the head's
 */
record Decision(int offset, double[] chosen, double[] others, float temperature) {
    /**
     * Labels that were chosen, all together, each counted with its score; the label after the last one is that of none of
     * them.
     */
    static Decision of(HeadPrediction answer, int offset, IntPredicate isChosen) {
        Head head = answer.head();
        if (head.activation() == Activation.SIGMOID) {
            // The other label's logit is a constant 0.
            double sign = isChosen.test(1) ? 1 : -1;
            return new Decision(offset, new double[] {sign}, new double[1], head.temperature());
        }
        double[] chosen = new double[head.outputs()];
        double[] others = new double[head.outputs()];
        for (int k = 0; k < chosen.length; k++) {
            double score = k < answer.scores().length ? answer.scores()[k] : answer.otherScore();
            (isChosen.test(k) ? chosen : others)[k] = score;
        }
        return new Decision(offset, shares(chosen), shares(others), head.temperature());
    }

    private static double[] shares(double[] scores) {
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        for (int k = 0; k < scores.length && sum > 0; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    /** What a term that adds {@code added} to all logits adds to the log-odds of the chosen labels. */
    float weight(float[] added) {
        double weight = 0;
        for (int k = 0; k < chosen.length; k++) {
            weight += (chosen[k] - others[k]) * added[offset + k];
        }
        return (float) (weight / temperature);
    }
}
