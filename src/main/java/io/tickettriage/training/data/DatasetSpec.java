package io.tickettriage.training.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source of rows, as {@code config/datasets.yaml} describes it.
 *
 * @param name its name in counts and in provenance
 * @param format how its file is read
 * @param path a file, or a folder whose files of the format's ending are read in order of name; relative to the project
 * @param url where {@code datasets fetch} gets it; empty for none
 * @param sha256 of the file at the URL, hexadecimal; empty where it is not known
 * @param licence under which it was published
 * @param attribution whom to name
 * @param place how to get the file by hand, in a sentence
 * @param train whether its rows may train the model
 * @param text the columns or fields that make the text: one, or subject and body
 * @param columns the names of the columns of a file without a header
 * @param heads head → the column or field that holds its label, in our words
 * @param label the column or field that holds a foreign label; empty for none
 * @param map foreign label → head → our label; a foreign label with no entry leaves the row out, counted
 * @param otherwise head → our label for foreign labels the map does not name; empty to leave those rows out
 * @param source the field that names each row's own source; empty for none
 * @param labels for {@code paired_lines}: the file with the labels, a line for each line of {@code path}
 * @param labelsUrl where {@code datasets fetch} gets that file; empty for none
 * @param at for {@code json}: the field of the top-level object that holds the array; empty where the array is the top
 * @param weight how much a row counts
 * @param weights source → how much its rows count, where it differs
 * @param every keeps each n-th usable row, 1 for all
 */
public record DatasetSpec(
        String name,
        Format format,
        String path,
        String url,
        String sha256,
        String licence,
        String attribution,
        String place,
        @Nullable Boolean train,
        List<String> text,
        List<String> columns,
        Map<String, String> heads,
        String label,
        Map<String, Map<String, String>> map,
        Map<String, String> otherwise,
        String source,
        String labels,
        String labelsUrl,
        String at,
        float weight,
        Map<String, Float> weights,
        int every) {

    /** The file formats. */
    public enum Format {
        /** Comma-separated values with quotes, a header in the first record. */
        CSV,
        /** Tab-separated values without quotes; {@code \n} in a value stands for a line break. */
        TSV,
        /** One JSON array of objects, or of arrays whose values {@code columns} names. */
        JSON,
        /** One JSON object a line. */
        JSONL,
        /** Two text files, line by line: the texts and their labels. */
        PAIRED_LINES;

        String ending() {
            return switch (this) {
                case CSV -> ".csv";
                case TSV -> ".tsv";
                case JSON -> ".json";
                case JSONL -> ".jsonl";
                case PAIRED_LINES -> ".txt";
            };
        }
    }

    /** Fills in what was left out. */
    public DatasetSpec {
        if (blank(name) || format == null || blank(path)) {
            throw new IllegalArgumentException("dataset \"" + name + "\" needs a name, a format and a path");
        }
        url = orEmpty(url);
        sha256 = orEmpty(sha256);
        licence = blank(licence) ? "unknown" : licence;
        attribution = orEmpty(attribution);
        place = orEmpty(place);
        train = train == null || train;
        text = text == null || text.isEmpty() ? List.of("text") : List.copyOf(text);
        columns = columns == null ? List.of() : List.copyOf(columns);
        heads = heads == null ? Map.of() : new HashMap<>(heads);
        label = orEmpty(label);
        map = map == null ? Map.of() : new HashMap<>(map);
        otherwise = otherwise == null ? Map.of() : new HashMap<>(otherwise);
        source = orEmpty(source);
        labels = orEmpty(labels);
        labelsUrl = orEmpty(labelsUrl);
        at = orEmpty(at);
        weight = weight <= 0 ? 1 : weight;
        weights = weights == null ? Map.of() : new HashMap<>(weights);
        every = Math.max(1, every);
        if (text.size() > 2) {
            throw new IllegalArgumentException("dataset " + name + ": text has " + text.size()
                    + " columns, expected one, or two for subject and body");
        }
    }

    /** Whether its rows may train the model. */
    public boolean trains() {
        return Boolean.TRUE.equals(train);
    }

    /** The same dataset with nothing but another file to fetch. */
    static DatasetSpec file(DatasetSpec dataset, String url) {
        return new DatasetSpec(
                dataset.name(),
                dataset.format(),
                dataset.path(),
                url,
                "",
                dataset.licence(),
                dataset.attribution(),
                dataset.place(),
                dataset.train(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                Map.of(),
                Map.of(),
                "",
                "",
                "",
                "",
                1,
                Map.of(),
                1);
    }

    /** A JSONL file of rows in the project's own schema. */
    public static DatasetSpec ownSchema(String name, String path) {
        return new DatasetSpec(
                name,
                Format.JSONL,
                path,
                "",
                "",
                "own",
                "",
                "",
                true,
                List.of(),
                List.of(),
                Map.of(),
                "",
                Map.of(),
                Map.of(),
                "",
                "",
                "",
                "",
                1,
                Map.of(),
                1);
    }

    private static boolean blank(@Nullable String s) {
        return s == null || s.isBlank();
    }

    private static String orEmpty(@Nullable String s) {
        return s == null ? "" : s;
    }
}
