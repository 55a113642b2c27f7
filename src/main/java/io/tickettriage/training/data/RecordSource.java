package io.tickettriage.training.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordSource() {}

    /** Takes one record; {@code fields} holds the values by name, without those that are null. */
    interface Consumer {
        void accept(String file, long line, Map<String, String> fields) throws IOException;
    }

    static void read(DatasetSpec spec, Path file, Consumer consumer) throws IOException {
        switch (spec.format()) {
            case CSV -> csv(spec, file, consumer);
            case TSV -> tsv(spec, file, consumer);
            case JSON -> json(spec, file, consumer);
            case JSONL -> jsonLines(file, consumer);
            case PAIRED_LINES -> paired(spec, file, consumer);
        }
    }

    private static void tsv(DatasetSpec spec, Path file, Consumer consumer) throws IOException {
        try (LineSource lines = new LineSource(file)) {
            List<String> header = spec.columns();
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] values = line.split("\t", -1);
                if (header.isEmpty()) {
                    header = List.of(values);
                    requireColumns(spec, lines.name(), header);
                    continue;
                }
                if (line.isBlank()) {
                    continue;
                }
                Map<String, String> fields = new HashMap<>();
                for (int i = 0; i < Math.min(values.length, header.size()); i++) {
                    fields.put(header.get(i), values[i].replace("\\n", "\n"));
                }
                consumer.accept(lines.name(), lines.number(), fields);
            }
        }
    }

    private static void csv(DatasetSpec spec, Path file, Consumer consumer) throws IOException {
        try (LineSource lines = new LineSource(file);
                CSVParser parser = CSVParser.parse(new LineReader(lines), CSVFormat.RFC4180)) {
            List<String> header = spec.columns();
            for (CSVRecord entry : parser) {
                if (header.isEmpty()) {
                    header = entry.toList();
                    requireColumns(spec, lines.name(), header);
                    continue;
                }
                Map<String, String> fields = new HashMap<>();
                for (int i = 0; i < Math.min(entry.size(), header.size()); i++) {
                    fields.put(header.get(i), entry.get(i));
                }
                consumer.accept(lines.name(), parser.getCurrentLineNumber(), fields);
            }
        } catch (IllegalStateException | java.io.UncheckedIOException e) {
            if (e.getCause() instanceof BadDataException bad) {
                throw bad;
            }
            throw new BadDataException(file + ": not CSV (" + e.getMessage() + ")");
        }
    }

    private static void jsonLines(Path file, Consumer consumer) throws IOException {
        try (LineSource lines = new LineSource(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    consumer.accept(lines.name(), lines.number(), fields(JSON.readTree(line)));
                } catch (JsonProcessingException e) {
                    throw lines.error("not JSON (" + e.getOriginalMessage() + ")");
                } catch (IllegalArgumentException e) {
                    throw lines.error(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static void json(DatasetSpec spec, Path file, Consumer consumer) throws IOException {
        try (LineSource lines = new LineSource(file);
                JsonParser parser = JSON.getFactory().createParser(new LineReader(lines))) {
            JsonToken first = parser.nextToken();
            if (!spec.at().isEmpty()) {
                first = enter(parser, first, spec.at());
            }
            if (first != JsonToken.START_ARRAY) {
                String where = spec.at().isEmpty() ? "" : " at \"" + spec.at() + "\"";
                throw new BadDataException(
                        lines.name(), parser.currentLocation().getLineNr(), "has no array of rows" + where);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int line = parser.currentLocation().getLineNr();
                JsonNode row = parser.readValueAsTree();
                if (row.isArray()) {
                    Map<String, String> fields = new HashMap<>();
                    for (int i = 0; i < Math.min(row.size(), spec.columns().size()); i++) {
                        fields.put(spec.columns().get(i), row.get(i).asText());
                    }
                    consumer.accept(lines.name(), line, fields);
                } else {
                    consumer.accept(lines.name(), line, fields(row));
                }
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
        if (first != JsonToken.START_OBJECT) {
            return first == JsonToken.START_ARRAY ? null : first;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(field);
            JsonToken value = parser.nextToken();
            if (found) {
                return value;
            }
            parser.skipChildren();
        }
        return null;
    }

    private static void paired(DatasetSpec spec, Path file, Consumer consumer) throws IOException {
        try (LineSource texts = new LineSource(file);
                LineSource labels = new LineSource(file.resolveSibling(spec.labels()))) {
            for (String text = texts.next(); text != null; text = texts.next()) {
                String label = labels.next();
                if (label == null) {
                    throw texts.error("has no label: " + labels.name() + " ends after line " + labels.number());
                }
                consumer.accept(
                        texts.name(), texts.number(), Map.of(spec.text().get(0), text, spec.label(), label.strip()));
            }
            if (labels.next() != null) {
                throw labels.error("has no text: " + texts.name() + " ends after line " + texts.number());
            }
        }
    }

    private static Map<String, String> fields(JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                fields.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return fields;
    }

    private static void requireColumns(DatasetSpec spec, String file, List<String> header) throws BadDataException {
        List<String> needed = new ArrayList<>(spec.text());
        needed.addAll(spec.heads().values());
        if (!spec.label().isEmpty()) {
            needed.add(spec.label());
        }
        needed.removeAll(header);
        if (!needed.isEmpty()) {
            throw new BadDataException(
                    file,
                    1,
                    "has no column " + String.join(", ", needed) + "; its columns are " + String.join(", ", header));
        }
    }

    /** The lines of a source as a stream of characters, so that every reader has its limits and its errors. */
    private static final class LineReader extends Reader {
        private final LineSource lines;
        private @Nullable String line = "";
        private int at;

        LineReader(LineSource lines) {
            this.lines = lines;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            while (line != null && at == line.length()) {
                String next = lines.next();
                line = next == null ? null : next + "\n";
                at = 0;
            }
            if (line == null) {
                return -1;
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
