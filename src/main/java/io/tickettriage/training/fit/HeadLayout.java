package io.tickettriage.training.fit;

import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each head's logits and labels stand in the arrays of training.
 *
 * <p>Logits: one after another, a sigmoid head has one. Labels: one column for each label of each head.
 */
public final class HeadLayout {
    /**
     * One head's places.
     *
     * @param firstLogit where its logits start
     * @param firstColumn where its label columns start
     */
    public record Place(Taxonomy.HeadSpec head, int firstLogit, int logits, int firstColumn) {
        /** Whether one logit stands for two labels. */
        public boolean sigmoid() {
            return head.activation() == Activation.SIGMOID;
        }

        /** How many labels the head has. */
        public int labels() {
            return head.labels().size();
        }
    }

    private final List<Place> places = new ArrayList<>();
    private int logits;
    private int columns;

    /** The layout of a taxonomy's heads, in its order. */
    public HeadLayout(Taxonomy taxonomy) {
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            int n = head.activation() == Activation.SIGMOID ? 1 : head.labels().size();
            places.add(new Place(head, logits, n, columns));
            logits += n;
            columns += head.labels().size();
        }
    }

    /** The heads, in order. */
    public List<Place> places() {
        return List.copyOf(places);
    }

    /** How many logits there are. */
    public int logits() {
        return logits;
    }

    /** How many label columns there are. */
    public int columns() {
        return columns;
    }
}
