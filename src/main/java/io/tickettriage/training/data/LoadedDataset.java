package io.tickettriage.training.data;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a dataset.
 *
 * @param spec the dataset
 * @param rows the usable ones, in file order
 * @param unmapped foreign label → rows left out because the map does not name it
 * @param withoutLabel rows left out because they have no label at all
 * @param skipped rows left out by {@code every}
 * @param sha256 of its files, one after another, hexadecimal
 */
public record LoadedDataset(
        DatasetSpec spec,
        List<TrainingRow> rows,
        SortedMap<String, Integer> unmapped,
        int withoutLabel,
        int skipped,
        String sha256) {
    /** Copies the collections. */
    public LoadedDataset {
        rows = List.copyOf(rows);
        unmapped = new TreeMap<>(unmapped);
    }

    /** How many rows did not map. */
    public int unmappedRows() {
        return unmapped.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One of the rows' labels, where known: head → label → rows. */
    public SortedMap<String, SortedMap<String, Integer>> counts() {
        SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
        for (TrainingRow row : rows) {
            for (Map.Entry<String, String> label : row.example().labels().entrySet()) {
                counts.computeIfAbsent(label.getKey(), h -> new TreeMap<>()).merge(label.getValue(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
