package io.tickettriage.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.nio.file.Path;

/** JSON Lines: one value a line, blank lines skipped; every error names the file and the line. */
public final class JsonLines {
    private JsonLines() {}

    /** Takes one value. An {@link IllegalArgumentException} becomes an error of its line. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes a value; {@code lines} stands at the line it was read from. */
        void visit(JsonNode value, LineSource lines) throws IOException;
    }

    /** Reads a file, packed or not. */
    public static void read(Path file, Visitor visitor) throws IOException {
        try (LineSource lines = new LineSource(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    visitor.visit(Json.MAPPER.readTree(line), lines);
                } catch (JsonProcessingException e) {
                    throw lines.error("not JSON (" + e.getOriginalMessage() + ")");
                } catch (IllegalArgumentException e) {
                    throw lines.error(String.valueOf(e.getMessage()));
                }
            }
        }
    }
}
