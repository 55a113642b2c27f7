package io.tickettriage.training.data;

import java.util.List;
import java.util.SortedMap;

/**
 * A dataset that was read, with a count of every row that was left out.
 *
 * @param rows the usable ones, in file order
 * @param unmapped foreign label → rows left out because the map does not name it
 * @param skipped rows left out by {@code every}
 */
public record LoadedDataset(
        DatasetSpec spec,
        List<TrainingRow> rows,
        SortedMap<String, Integer> unmapped,
        int withoutLabel,
        int skipped,
        String sha256) {
    /** How many rows did not map. */
    public int unmappedRows() {
        return unmapped.values().stream().mapToInt(n -> n).sum();
    }
}
