package io.tickettriage.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads corrected tickets: the lines of {@code corrections.jsonl}. */
public final class CorrectionRows {
    /** The source of corrected tickets. */
    public static final String SOURCE = "corrections";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CorrectionRows() {}

    /**
     * Reads a file; rows of one ticket are one group.
     *
     * @param weight what a correction counts
     * @throws BadDataException with file and line, if something in it is wrong
     */
    public static List<TrainingRow> read(Path file, Taxonomy taxonomy, float weight) throws IOException {
        List<String> heads =
                taxonomy.heads().stream().map(Taxonomy.HeadSpec::name).toList();
        List<TrainingRow> rows = new ArrayList<>();
        try (LineSource lines = new LineSource(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    LabelledExample example = LabelledExample.fromJson(JSON.readTree(line), heads);
                    checkLabels(lines, taxonomy, example.labels());
                    String group = example.id().isEmpty() ? "" : "ticket " + example.id();
                    rows.add(new TrainingRow(example, Set.of(), SOURCE, "own", weight, group));
                } catch (JsonProcessingException e) {
                    throw lines.error("not JSON (" + e.getOriginalMessage() + ")");
                } catch (IllegalArgumentException e) {
                    throw lines.error(String.valueOf(e.getMessage()));
                }
            }
        }
        if (rows.isEmpty()) {
            throw new BadDataException(file + ": holds no corrections");
        }
        return rows;
    }

    private static void checkLabels(LineSource lines, Taxonomy taxonomy, Map<String, String> labels)
            throws BadDataException {
        if (labels.isEmpty()) {
            throw lines.error("corrects no head");
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            List<String> known =
                    taxonomy.head(label.getKey()).map(Taxonomy.HeadSpec::labels).orElse(List.of());
            if (!known.contains(label.getValue())) {
                throw lines.error("has label \"" + label.getValue() + "\" of head " + label.getKey()
                        + "; the taxonomy has " + String.join(", ", known));
            }
        }
    }
}
