package io.tickettriage.training.data;

import io.tickettriage.format.Sha256;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.LabelProblem;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads datasets, from paths relative to {@code home}, into rows of one schema, checked against a taxonomy. */
public record DatasetReader(Taxonomy taxonomy, Path home) {
    /** Where the dataset's file or folder is, or should be. */
    public Path locate(DatasetSpec spec) {
        return home.resolve(spec.location().path()).normalize();
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
        return new LoadedDataset(spec, rows.rows, rows.unmapped, rows.withoutLabel, rows.skipped, Sha256.of(files));
    }

    private List<Path> files(DatasetSpec spec) throws IOException {
        Path path = locate(spec);
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        String ending = spec.reading().format().ending();
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(f -> f.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new BadDataException(path + ": holds no " + ending + " file");
            }
            return files;
        }
    }

    private void checkHeads(DatasetSpec spec) throws BadDataException {
        DatasetSpec.Labelling labelling = spec.labelling();
        List<Map<String, String>> mapped = new ArrayList<>(labelling.map().values());
        mapped.add(labelling.otherwise());
        for (Map<String, String> labels : mapped) {
            requireKnown(taxonomy, labels, "dataset " + spec.name() + ": map");
        }
        for (String head : labelling.heads().keySet()) {
            if (taxonomy.head(head).isEmpty()) {
                throw new BadDataException("dataset " + spec.name() + " has a column for head \"" + head
                        + "\", which the taxonomy does not know");
            }
        }
    }

    /** Requires labels, head → label, that a taxonomy knows; {@code where} begins the message. */
    public static void requireKnown(Taxonomy taxonomy, Map<String, String> labels, String where)
            throws BadDataException {
        for (Map.Entry<String, String> entry : labels.entrySet()) {
            Optional<LabelProblem> problem = taxonomy.problem(entry.getKey(), entry.getValue());
            if (problem.isPresent()) {
                throw new BadDataException(where + ": " + problem.get().message());
            }
        }
    }

    private final class Rows implements RecordSource.Visitor {
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
        public void visit(String file, long line, Map<String, String> fields) throws IOException {
            String text = text(file, line, fields);
            Map<String, String> labels = ownLabels(file, line, fields);
            DatasetSpec.Labelling labelling = spec.labelling();
            if (!labelling.label().isEmpty()) {
                String foreign = fields.getOrDefault(labelling.label(), "");
                Map<String, String> mapped = labelling.map().getOrDefault(foreign, labelling.otherwise());
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
            DatasetSpec.Sampling sampling = spec.sampling();
            if (usable++ % sampling.every() != 0) {
                skipped++;
                return;
            }
            String sourceField = spec.reading().source();
            String source = sourceField.isEmpty() ? spec.name() : fields.getOrDefault(sourceField, spec.name());
            String id = fields.getOrDefault("id", spec.name() + "-" + rows.size());
            float weight = sampling.weights().getOrDefault(source, sampling.weight());
            rows.add(new TrainingRow(LabelledExample.row(id, text, labels), Set.of(), source, weight, ""));
        }

        private String text(String file, long line, Map<String, String> fields) throws BadDataException {
            List<String> columns = spec.reading().text();
            String subject = fields.getOrDefault(columns.get(0), "");
            String body = columns.size() > 1 ? fields.getOrDefault(columns.get(1), "") : "";
            String text = Ticket.joinText(subject, body, "");
            if (text.isBlank()) {
                String missing = String.join("\" and \"", columns);
                throw new BadDataException(file, line, "\"" + missing + "\" is missing or blank");
            }
            return text;
        }

        /** The labels that are given in our words; without columns for them, the fields named like heads. */
        private Map<String, String> ownLabels(String file, long line, Map<String, String> fields) throws IOException {
            Map<String, String> columns = new TreeMap<>(spec.labelling().heads());
            if (columns.isEmpty() && spec.labelling().label().isEmpty()) {
                taxonomy.headNames().forEach(head -> columns.put(head, head));
            }
            Map<String, String> labels = new TreeMap<>();
            columns.forEach((head, column) ->
                    labels.put(head, fields.getOrDefault(column, "").strip()));
            labels.values().removeIf(String::isEmpty);
            requireKnown(taxonomy, labels, file + ":" + line);
            return labels;
        }
    }
}
