package io.tickettriage.training.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tickettriage.format.Json;
import io.tickettriage.message.LabelledExample;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads a file of any format as records of named values. */
final class RecordSource {
    /** Reads one row of an array; more tokens follow it. */
    private static final ObjectReader JSON_ROWS =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final CSVFormat TSV = CSVFormat.TDF
            .builder()
            .setQuote(null)
            .setIgnoreSurroundingSpaces(false)
            .get();

    private RecordSource() {}

    /** Takes one record at a time; {@code fields} holds the values by name, without those that are null. */
    interface Visitor {
        void visit(String file, long line, Map<String, String> fields) throws IOException;
    }

    static void read(DatasetSpec spec, Path file, Visitor visitor) throws IOException {
        switch (spec.reading().format()) {
            case CSV -> delimited(spec, file, false, visitor);
            case TSV -> delimited(spec, file, true, visitor);
            case JSON -> json(spec, file, visitor);
            case JSONL ->
                LineSource.readJson(file, (row, lines) -> visitor.visit(lines.name(), lines.number(), fields(row)));
            case PAIRED_LINES -> paired(spec, file, visitor);
        }
    }

    private static void delimited(DatasetSpec spec, Path file, boolean tabs, Visitor visitor) throws IOException {
        try (LineSource lines = new LineSource(file);
                CSVParser parser = CSVParser.parse(new LineReader(lines), tabs ? TSV : CSVFormat.RFC4180)) {
            List<String> header = spec.reading().columns();
            for (CSVRecord entry : parser) {
                if (header.isEmpty()) {
                    header = entry.toList();
                    requireColumns(spec, lines.name(), header);
                    continue;
                }
                if (tabs && entry.stream().allMatch(String::isBlank)) {
                    continue;
                }
                Map<String, String> fields = new HashMap<>();
                for (int i = 0; i < Math.min(entry.size(), header.size()); i++) {
                    fields.put(header.get(i), tabs ? entry.get(i).replace("\\n", "\n") : entry.get(i));
                }
                visitor.visit(lines.name(), parser.getCurrentLineNumber(), fields);
            }
        } catch (IllegalStateException | UncheckedIOException e) {
            if (e.getCause() instanceof BadDataException bad) {
                throw bad;
            }
            throw new BadDataException(file + ": not " + spec.reading().format() + " (" + e.getMessage() + ")");
        }
    }

    private static void json(DatasetSpec spec, Path file, Visitor visitor) throws IOException {
        try (LineSource lines = new LineSource(file);
                JsonParser parser = JSON_ROWS.createParser(new LineReader(lines))) {
            JsonToken first = parser.nextToken();
            String at = spec.reading().at();
            if (!at.isEmpty()) {
                first = enter(parser, first, at);
            }
            if (first != JsonToken.START_ARRAY) {
                String where = at.isEmpty() ? "" : " at \"" + at + "\"";
                throw new BadDataException(
                        lines.name(), parser.currentLocation().getLineNr(), "has no array of rows" + where);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int line = parser.currentLocation().getLineNr();
                JsonNode row = JSON_ROWS.readTree(parser);
                visitor.visit(
                        lines.name(),
                        line,
                        row.isArray() ? fields(row, spec.reading().columns()) : fields(row));
            }
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new BadDataException(file.toString(), line, "not JSON (" + e.getOriginalMessage() + ")");
        } catch (IllegalArgumentException e) {
            throw new BadDataException(file + ": " + e.getMessage());
        }
    }

    /** The first token of a field of the top-level object. */
    private static @Nullable JsonToken enter(JsonParser parser, @Nullable JsonToken first, String field)
            throws IOException {
        while (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(field);
            JsonToken value = parser.nextToken();
            if (found) {
                return value;
            }
            parser.skipChildren();
        }
        return null;
    }

    private static void paired(DatasetSpec spec, Path file, Visitor visitor) throws IOException {
        String textField = spec.reading().text().get(0);
        String labelField = spec.labelling().label();
        Path labelsFile = file.resolveSibling(spec.location().labelsFile());
        try (LineSource texts = new LineSource(file);
                LineSource labels = new LineSource(labelsFile)) {
            for (String text = texts.next(); text != null; text = texts.next()) {
                String label = labels.next();
                if (label == null) {
                    throw texts.error("has no label: " + labels.name() + " ends after line " + labels.number());
                }
                visitor.visit(texts.name(), texts.number(), Map.of(textField, text, labelField, label.strip()));
            }
            if (labels.next() != null) {
                throw labels.error("has no text: " + texts.name() + " ends after line " + texts.number());
            }
        }
    }

    private static Map<String, String> fields(JsonNode array, List<String> columns) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < Math.min(array.size(), columns.size()); i++) {
            fields.put(columns.get(i), array.get(i).asText());
        }
        return fields;
    }

    private static Map<String, String> fields(JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return LabelledExample.scalars(object);
    }

    private static void requireColumns(DatasetSpec spec, String file, List<String> header) throws BadDataException {
        List<String> needed = new ArrayList<>(spec.reading().text());
        needed.addAll(spec.labelling().heads().values());
        if (!spec.labelling().label().isEmpty()) {
            needed.add(spec.labelling().label());
        }
        needed.removeAll(header);
        if (!needed.isEmpty()) {
            String columns = "; its columns are " + String.join(", ", header);
            throw new BadDataException(file, 1, "has no column " + String.join(", ", needed) + columns);
        }
    }

    /** The lines of a source as a stream of characters, so that every format has its limits and its errors. */
    private static final class LineReader extends Reader {
        private final LineSource lines;
        private String line = "";
        private int at;

        LineReader(LineSource lines) {
            this.lines = lines;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (at == line.length()) {
                String next = lines.next();
                if (next == null) {
                    return -1;
                }
                line = next + "\n";
                at = 0;
            }
            int n = Math.min(length, line.length() - at);
            line.getChars(at, at + n, buffer, offset);
            at += n;
            return n;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
