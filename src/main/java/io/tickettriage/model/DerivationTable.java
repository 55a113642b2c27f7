package io.tickettriage.model;

import io.tickettriage.taxonomy.Derivation;
import java.util.List;

/** How one head's answer follows from another's, by index. */
final class DerivationTable {
    private final Head head;
    private final int source;
    /** {@code [labels of the source]}: the label of this head that follows. */
    private final int[] follows;

    private final int otherwise;

    /** The table of a derived head of a model. */
    DerivationTable(List<Head> heads, Head head) {
        Derivation derived = head.derived();
        Head from = heads.stream()
                .filter(other -> other.name().equals(derived.from()))
                .findFirst()
                .orElseThrow();
        this.head = head;
        this.source = heads.indexOf(from);
        this.follows = from.labels().stream()
                .mapToInt(label -> head.labels().indexOf(derived.labels().get(label)))
                .toArray();
        this.otherwise = derived.hasOwnAnswer() ? -1 : head.labels().indexOf(derived.otherwise());
    }

    /** The index of the head it follows from. */
    int source() {
        return source;
    }

    /** Whether a label of the source leads to a label of this head; the one after its last, none of them, leads to none. */
    boolean leads(int sourceLabel, int label) {
        return sourceLabel < follows.length && follows[sourceLabel] == label;
    }

    /**
     * The answer: the label that follows from the source's; each label's score is the sum of those it follows from.
     *
     * @param from what the source answers
     * @param own this head's own scores, which count as much as the source says that none of its labels fits; empty where it
     *     has none
     */
    HeadPrediction answer(HeadPrediction from, float[] own) {
        float[] scores = new float[head.labels().size()];
        for (int k = 0; k < follows.length; k++) {
            scores[follows[k]] += from.scores()[k];
        }
        float other = from.otherScore();
        if (otherwise >= 0) {
            scores[otherwise] += other;
        } else {
            for (int k = 0; k < scores.length; k++) {
                scores[k] += other * own[k];
            }
        }
        int label = follows[from.labelIndex()];
        if (from.isOther()) {
            label = otherwise >= 0 ? otherwise : head.decide(own);
        }
        return new HeadPrediction(head, label, scores);
    }
}
