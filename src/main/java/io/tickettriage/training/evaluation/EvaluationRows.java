package io.tickettriage.training.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.LineSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads evaluation rows: JSON Lines in the project's schema, packed or not. */
public final class EvaluationRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationRows() {}

    /**
     * Reads a file.
     *
     * @param heads the names that are labels
     * @throws BadDataException with file and line, if something in it is wrong
     */
    public static List<EvaluationRow> read(Path file, Collection<String> heads) throws IOException {
        List<EvaluationRow> rows = new ArrayList<>();
        try (LineSource lines = new LineSource(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    JsonNode json = JSON.readTree(line);
                    LabelledExample example = LabelledExample.fromJson(json, heads);
                    boolean complete =
                            heads.stream().noneMatch(head -> json.path(head).isNull());
                    rows.add(new EvaluationRow(
                            example, complete, json.path("source").asText("")));
                } catch (JsonProcessingException e) {
                    throw lines.error("not JSON (" + e.getOriginalMessage() + ")");
                } catch (IllegalArgumentException e) {
                    throw lines.error(String.valueOf(e.getMessage()));
                }
            }
        }
        if (rows.isEmpty()) {
            throw new BadDataException(file + ": holds no rows");
        }
        return rows;
    }
}
