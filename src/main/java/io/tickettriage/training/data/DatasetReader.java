package io.tickettriage.training.data;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads datasets into rows of one schema, checked against a taxonomy. */
public final class DatasetReader {
    private final Taxonomy taxonomy;
    private final Path home;

    /**
     * A reader of datasets.
     *
     * @param home what relative paths start from
     */
    public DatasetReader(Taxonomy taxonomy, Path home) {
        this.taxonomy = taxonomy;
        this.home = home;
    }

    /** Where the dataset's file or folder is, or should be. */
    public Path locate(DatasetSpec spec) {
        return home.resolve(spec.path()).normalize();
    }

    /** Whether the dataset's file or folder is there. */
    public boolean isPresent(DatasetSpec spec) {
        return Files.exists(locate(spec));
    }

    /**
     * Reads all rows of a dataset.
     *
     * @throws BadDataException if a file is missing or something in it is wrong
     */
    public LoadedDataset read(DatasetSpec spec) throws IOException {
        checkHeads(spec);
        Rows rows = new Rows(spec);
        List<Path> files = files(spec);
        for (Path file : files) {
            RecordSource.read(spec, file, rows);
        }
        return new LoadedDataset(
                spec, rows.rows, rows.unmapped, rows.withoutLabel, rows.skipped, FileDigest.sha256(files));
    }

    private List<Path> files(DatasetSpec spec) throws IOException {
        Path path = locate(spec);
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(f ->
                            f.getFileName().toString().endsWith(spec.format().ending()))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new BadDataException(path + ": holds no " + spec.format().ending() + " file");
            }
            return files;
        }
    }

    private void checkHeads(DatasetSpec spec) throws BadDataException {
        List<Map<String, String>> maps = new ArrayList<>(spec.map().values());
        maps.add(spec.otherwise());
        for (Map<String, String> labels : maps) {
            for (Map.Entry<String, String> entry : labels.entrySet()) {
                checkLabel("dataset " + spec.name() + " maps to", entry.getKey(), entry.getValue());
            }
        }
        for (String head : spec.heads().keySet()) {
            if (taxonomy.head(head).isEmpty()) {
                throw new BadDataException("dataset " + spec.name() + " has a column for head \"" + head
                        + "\", which the taxonomy does not know");
            }
        }
    }

    private void checkLabel(String where, String head, String label) throws BadDataException {
        Taxonomy.HeadSpec spec = taxonomy.head(head)
                .orElseThrow(
                        () -> new BadDataException(where + " head \"" + head + "\", which the taxonomy does not know"));
        if (!spec.labels().contains(label)) {
            throw new BadDataException(where + " label \"" + label + "\" of head " + head + "; the taxonomy has "
                    + String.join(", ", spec.labels()));
        }
    }

    private final class Rows implements RecordSource.Consumer {
        private final DatasetSpec spec;
        private final List<TrainingRow> rows = new ArrayList<>();
        private final SortedMap<String, Integer> unmapped = new TreeMap<>();
        private int withoutLabel;
        private int usable;
        private int skipped;

        Rows(DatasetSpec spec) {
            this.spec = spec;
        }

        @Override
        public void accept(String file, long line, Map<String, String> fields) throws IOException {
            String subject = fields.getOrDefault(spec.text().get(0), "");
            String body =
                    spec.text().size() > 1 ? fields.getOrDefault(spec.text().get(1), "") : "";
            String text = Ticket.joinText(subject, body, "");
            if (text.isBlank()) {
                throw new BadDataException(
                        file, line, "\"" + String.join("\" and \"", spec.text()) + "\" is missing or blank");
            }
            Map<String, String> labels = ownLabels(file, line, fields);
            if (!spec.label().isEmpty()) {
                String foreign = fields.getOrDefault(spec.label(), "");
                Map<String, String> mapped = spec.map().getOrDefault(foreign, spec.otherwise());
                if (mapped.isEmpty() && labels.isEmpty()) {
                    unmapped.merge(foreign, 1, Integer::sum);
                    return;
                }
                mapped.forEach(labels::putIfAbsent);
            }
            if (labels.isEmpty()) {
                withoutLabel++;
                return;
            }
            if (usable++ % spec.every() != 0) {
                skipped++;
                return;
            }
            String source = spec.source().isEmpty() ? spec.name() : fields.getOrDefault(spec.source(), spec.name());
            String id = fields.getOrDefault("id", spec.name() + "-" + rows.size());
            rows.add(new TrainingRow(
                    LabelledExample.row(id, text, labels),
                    Set.of(),
                    source,
                    fields.getOrDefault("licence", spec.licence()),
                    spec.weights().getOrDefault(source, spec.weight()),
                    ""));
        }

        /** The labels that are given in our words; without columns for them, the fields named like heads. */
        private Map<String, String> ownLabels(String file, long line, Map<String, String> fields) throws IOException {
            Map<String, String> columns = new TreeMap<>(spec.heads());
            if (columns.isEmpty() && spec.label().isEmpty()) {
                taxonomy.heads().forEach(head -> columns.put(head.name(), head.name()));
            }
            Map<String, String> labels = new HashMap<>();
            for (Map.Entry<String, String> column : columns.entrySet()) {
                String label = fields.getOrDefault(column.getValue(), "").strip();
                if (!label.isEmpty()) {
                    checkLabel(file + ":" + line + ": has", column.getKey(), label);
                    labels.put(column.getKey(), label);
                }
            }
            return labels;
        }
    }
}
