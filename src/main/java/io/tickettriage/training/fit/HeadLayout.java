package io.tickettriage.training.fit;

import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where each head's logits and labels stand in the arrays of training.
 *
 * <p>Logits: one after another, a sigmoid head has one. Labels: one column for each label of each head.
 */
public record HeadLayout(List<Place> places) {
    /** A head, where its logits start, and where its label columns start. */
    public record Place(Taxonomy.HeadSpec head, int firstLogit, int firstColumn) {
        public String name() {
            return head.name();
        }

        public int logits() {
            return head.outputs();
        }

        public int labels() {
            return head.labels().size();
        }

        /** The index of a row's label of the head; −1 where it is unknown. */
        public int label(TrainingRow row) {
            return head.labels().indexOf(row.example().labels().getOrDefault(name(), ""));
        }
    }

    /** The layout of a taxonomy's heads, in its order. */
    public static HeadLayout of(Taxonomy taxonomy) {
        List<Place> places = new ArrayList<>();
        int logits = 0;
        int columns = 0;
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            places.add(new Place(head, logits, columns));
            logits += head.outputs();
            columns += head.labels().size();
        }
        return new HeadLayout(List.copyOf(places));
    }

    public int logits() {
        return places.stream().mapToInt(Place::logits).sum();
    }

    public int columns() {
        return places.stream().mapToInt(Place::labels).sum();
    }

    /** The head with the most labels: its labels divide rows most finely. */
    public String finestHead() {
        return places.stream()
                .max(Comparator.comparingInt(Place::labels))
                .orElseThrow()
                .name();
    }
}
