package io.tickettriage.training.data;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads corrected tickets: the lines of {@code corrections.jsonl}. */
public final class Corrections {
    /** The source of corrected tickets. */
    public static final String SOURCE = "corrections";

    private Corrections() {}

    /** Reads a file, rows of a weight in the loss; those of one ticket are one group. Errors name file and line. */
    public static List<TrainingRow> read(Path file, Taxonomy taxonomy, float weight) throws IOException {
        List<TrainingRow> rows = new ArrayList<>();
        LineSource.readJson(file, (json, lines) -> {
            LabelledExample example = LabelledExample.fromJson(json, taxonomy.headNames());
            if (example.labels().isEmpty()) {
                throw lines.error("corrects no head");
            }
            DatasetReader.requireKnown(taxonomy, example.labels(), lines.name() + ":" + lines.number());
            String group = example.id().isEmpty() ? "" : "ticket " + example.id();
            rows.add(new TrainingRow(example, Set.of(), SOURCE, weight, group));
        });
        if (rows.isEmpty()) {
            throw new BadDataException(file + ": holds no corrections");
        }
        return rows;
    }
}
