package io.tickettriage.training.evaluation;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads rows to evaluate on: JSON Lines in the project's schema, packed or not. */
public final class LabelledRows {
    private LabelledRows() {}

    /**
     * Reads a file.
     *
     * @param heads the names that are labels
     * @throws BadDataException with file and line, if something in it is wrong
     */
    public static List<LabelledRow> read(Path file, Collection<String> heads) throws IOException {
        List<LabelledRow> rows = new ArrayList<>();
        JsonLines.read(file, (json, lines) -> {
            boolean complete = heads.stream().noneMatch(head -> json.path(head).isNull());
            rows.add(new LabelledRow(
                    LabelledExample.fromJson(json, heads),
                    complete,
                    json.path("source").asText("")));
        });
        if (rows.isEmpty()) {
            throw new BadDataException(file + ": holds no rows");
        }
        return rows;
    }
}
