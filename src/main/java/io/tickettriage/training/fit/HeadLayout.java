package io.tickettriage.training.fit;

import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where each head's logits and labels stand in the arrays of training.
 *
 * <p>Logits: one after another; a sigmoid head has one, a head that only follows from another has none. Labels: one column for
 * each label of each head that has logits, and one for none of them where the head has such an answer.
 */
public record HeadLayout(List<Place> places) {
    /**
     * A head, where its logits start, and where its label columns start.
     *
     * @param followers the heads that answer by themselves where none of this head's labels fits
     */
    public record Place(Taxonomy.HeadSpec head, int firstLogit, int firstColumn, List<String> followers) {
        public String name() {
            return head.name();
        }

        public int logits() {
            return head.outputs();
        }

        public int labels() {
            return head.labels().size();
        }

        /** How many columns of targets it has. */
        public int columns() {
            return logits() == 1 ? 2 : logits();
        }

        /**
         * The column, among this head's, that a row is trained towards; −1 for none. A row that says what a follower should
         * answer, and nothing of this head, has none of its labels.
         */
        public int target(TrainingRow row) {
            int label = logits() == 0 ? -1 : label(row);
            boolean other = label < 0
                    && head.activation() == Activation.SOFTMAX_OR_OTHER
                    && followers.stream().anyMatch(follower -> row.hasGiven(follower));
            return other ? labels() : label;
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
            Place place = new Place(head, logits, columns, followers(taxonomy, head));
            places.add(place);
            logits += place.logits();
            columns += place.columns();
        }
        return new HeadLayout(List.copyOf(places));
    }

    private static List<String> followers(Taxonomy taxonomy, Taxonomy.HeadSpec head) {
        return taxonomy.heads().stream()
                .filter(other -> other.derived().from().equals(head.name())
                        && other.derived().hasOwnAnswer())
                .map(Taxonomy.HeadSpec::name)
                .toList();
    }

    public int logits() {
        return places.stream().mapToInt(Place::logits).sum();
    }

    public int columns() {
        return places.stream().mapToInt(Place::columns).sum();
    }

    /** The head with the most labels: its labels divide rows most finely. */
    public String finestHead() {
        return places.stream()
                .max(Comparator.comparingInt(Place::labels))
                .orElseThrow()
                .name();
    }
}
