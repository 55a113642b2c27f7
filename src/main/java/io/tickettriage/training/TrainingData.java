package io.tickettriage.training;

import io.tickettriage.training.data.TrainingRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a training and where they come from.
 *
 * @param sources source → what it gave, for the provenance
 */
public record TrainingData(List<TrainingRow> rows, Map<String, Source> sources) {
    /** What a source gave. */
    public sealed interface Source {
        /** A dataset that was read. */
        record Dataset(int rows, int unmapped, String licence, String sha256) implements Source {}

        /** Rows the project generates itself. */
        record Synthetic(int rows, String licence) implements Source {}

        /** A dataset that is not there and was left out. */
        record Absent(int rows, boolean skipped) implements Source {}
    }

    public TrainingData {
        rows = List.copyOf(rows);
        sources = new LinkedHashMap<>(sources);
    }
}
