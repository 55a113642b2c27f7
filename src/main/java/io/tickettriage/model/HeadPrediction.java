package io.tickettriage.model;

import io.tickettriage.taxonomy.Activation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a model says about one ticket on one head: the index of the chosen label; calibrated probabilities, 0 to 1, {@code
 * [labels]}.
 */
public record HeadPrediction(Head head, int labelIndex, float[] scores) {
    /** A label and its score, 0 to 1. */
    public record ScoredLabel(String label, float confidence) {}

    public String label() {
        return head.labels().get(labelIndex);
    }

    /**
     * The chosen label's probability, 0 to 1. Where there is none it is 0: consumers of the output read a number, and the
     * review reason beside it says that it is not to be trusted.
     */
    public float confidence() {
        return hasConfidence() ? scores[labelIndex] : 0;
    }

    /** Whether the network gave a number at all. A rehearsed model always does. */
    public boolean hasConfidence() {
        return Float.isFinite(scores[labelIndex]);
    }

    /** The probability that none of the labels fits, 0 where the head has no such answer. */
    public float otherScore() {
        if (head.activation() != Activation.SOFTMAX_OR_OTHER) {
            return 0;
        }
        float sum = 0;
        for (float score : scores) {
            sum += score;
        }
        return Math.max(0, 1 - sum);
    }

    /** Whether that is more probable than the chosen label. */
    public boolean isOther() {
        return otherScore() > scores[labelIndex];
    }

    /** How far the chosen label leads the best other one; negative where a decision threshold overruled the scores. */
    public float margin() {
        float other = 0;
        for (int k = 0; k < scores.length; k++) {
            other = k == labelIndex ? other : Math.max(other, scores[k]);
        }
        return scores[labelIndex] - other;
    }

    /** The {@code k} best labels, best first; of equal scores the label that comes first. */
    public List<ScoredLabel> top(int k) {
        List<ScoredLabel> ranked = new ArrayList<>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            ranked.add(new ScoredLabel(head.labels().get(i), scores[i]));
        }
        ranked.sort(Comparator.comparingDouble((ScoredLabel s) -> -s.confidence()));
        return ranked.subList(0, Math.min(k, ranked.size()));
    }
}
