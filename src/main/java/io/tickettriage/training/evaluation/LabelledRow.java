package io.tickettriage.training.evaluation;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.LineSource;
import io.tickettriage.training.data.TrainingRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A row to evaluate a model on; its source is empty where that is not said.
 *
 * @param complete whether every head the row names is known, so that the row counts for exact match
 */
public record LabelledRow(LabelledExample example, boolean complete, String source) {
    /** A training row with the labels that people gave; nothing is evaluated on weak labels. */
    public static LabelledRow of(TrainingRow row) {
        Map<String, String> labels = new HashMap<>(row.example().labels());
        labels.keySet().removeAll(row.weakHeads());
        return new LabelledRow(row.example().withLabels(labels), true, row.source());
    }

    /** Training rows as {@link #of(TrainingRow)} takes one. */
    public static List<LabelledRow> of(List<TrainingRow> rows) {
        return rows.stream().map(row -> of(row)).toList();
    }

    /** Reads JSON Lines in the project's schema, packed or not; {@code heads} are labels. Errors name file and line. */
    public static List<LabelledRow> read(Path file, Collection<String> heads) throws IOException {
        List<LabelledRow> rows = new ArrayList<>();
        LineSource.readJson(file, (json, lines) -> {
            boolean complete = heads.stream().noneMatch(head -> json.path(head).isNull());
            String source = json.path("source").asText("");
            rows.add(new LabelledRow(LabelledExample.fromJson(json, heads), complete, source));
        });
        if (rows.isEmpty()) {
            throw new BadDataException(file + ": holds no rows");
        }
        return rows;
    }

    public String text() {
        return example.text();
    }
}
