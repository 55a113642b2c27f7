package io.tickettriage.training.data;

import io.tickettriage.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each label occurs among rows: head → label → rows, where the label is known. */
public record LabelCounts(SortedMap<String, SortedMap<String, Integer>> byHead) {
    private static final int ROWS_PER_LABEL = 2;

    /** Counts the labels of rows. */
    public static LabelCounts of(List<TrainingRow> rows) {
        SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
        for (TrainingRow row : rows) {
            row.example().labels().forEach((head, label) -> counts.computeIfAbsent(head, h -> new TreeMap<>())
                    .merge(label, 1, Integer::sum));
        }
        return new LabelCounts(counts);
    }

    /** Requires enough rows of every label to train and to validate on; the error names each that lacks them. */
    public void requireAll(Taxonomy taxonomy) throws BadDataException {
        List<String> problems = new ArrayList<>();
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            for (String label : head.labels()) {
                int count = byHead.getOrDefault(head.name(), new TreeMap<>()).getOrDefault(label, 0);
                if (count < ROWS_PER_LABEL) {
                    problems.add(head.name() + " " + label + " has " + (count == 0 ? "no row" : "one row"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BadDataException("each label of the taxonomy needs " + ROWS_PER_LABEL
                    + " rows or more, one to train and one to validate on: " + String.join("; ", problems)
                    + ". Add rows, or take the label out of the taxonomy");
        }
    }
}
