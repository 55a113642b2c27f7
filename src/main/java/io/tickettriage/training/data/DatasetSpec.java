package io.tickettriage.training.data;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source of rows, as {@code config/datasets.yaml} describes it; there the fields of all groups stand side by side.
 *
 * @param train whether its rows may train the model; null for yes
 */
public record DatasetSpec(
        String name,
        String licence,
        String attribution,
        @Nullable Boolean train,
        @JsonUnwrapped Location location,
        @JsonUnwrapped Reading reading,
        @JsonUnwrapped Labelling labelling,
        @JsonUnwrapped Sampling sampling) {
    /**
     * Where a dataset is; what is not known is empty.
     *
     * @param path a file, or a folder whose files of the format's ending are read in order of name; relative to the project
     * @param url where {@code datasets fetch} gets it, like {@code labelsUrl} the labels
     * @param sha256 of the file at the URL, hexadecimal
     * @param place how to get the file by hand, in a sentence
     * @param labelsFile for {@code paired_lines}: the file with the labels, a line for each line of {@code path}
     */
    public record Location(
            String path,
            String url,
            String sha256,
            String place,
            @JsonProperty("labels") String labelsFile,
            String labelsUrl) {
        public Location {
            path = requireNonNullElse(path, "");
            url = requireNonNullElse(url, "");
            sha256 = requireNonNullElse(sha256, "").toLowerCase(Locale.ROOT);
            place = requireNonNullElse(place, "");
            labelsFile = requireNonNullElse(labelsFile, "");
            labelsUrl = requireNonNullElse(labelsUrl, "");
        }
    }

    /**
     * How a file is read.
     *
     * @param text the columns or fields that make the text: one, or subject and body
     * @param columns the names of the columns of a file without a header
     * @param source the field that names each row's own source; empty for none
     * @param at for {@code json}: the field of the top-level object that holds the array; empty where the array is the top
     */
    public record Reading(Format format, List<String> text, List<String> columns, String source, String at) {
        public Reading {
            text = text.isEmpty() ? List.of("text") : List.copyOf(text);
            source = requireNonNullElse(source, "");
            at = requireNonNullElse(at, "");
            if (text.size() > 2) {
                throw new IllegalArgumentException(
                        "text has " + text.size() + " columns, expected one, or two for subject and body");
            }
        }
    }

    /**
     * What the labels of a source mean.
     *
     * @param heads head → the column or field that holds its label, in our words
     * @param label the column or field that holds a foreign label; empty for none
     * @param map foreign label → head → our label; a foreign label with no entry leaves the row out, counted
     * @param otherwise head → our label for foreign labels the map does not name; empty to leave those rows out
     */
    public record Labelling(
            Map<String, String> heads,
            String label,
            Map<String, Map<String, String>> map,
            Map<String, String> otherwise) {
        public Labelling {
            label = requireNonNullElse(label, "");
        }
    }

    /** Which rows are kept, each n-th usable one, and their weight in the loss, which may differ by source. */
    public record Sampling(float weight, Map<String, Float> weights, int every) {
        public Sampling {
            weight = weight <= 0 ? 1 : weight;
            every = Math.max(1, every);
        }
    }

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
            return this == PAIRED_LINES ? ".txt" : "." + name().toLowerCase(Locale.ROOT);
        }
    }

    public DatasetSpec {
        name = requireNonNullElse(name, "");
        if (name.isBlank() || reading.format() == null || location.path().isBlank()) {
            throw new IllegalArgumentException("dataset \"" + name + "\" needs a name, a format and a path");
        }
        licence = licence == null || licence.isBlank() ? "unknown" : licence;
        attribution = requireNonNullElse(attribution, "");
    }

    /** A JSONL file of rows in the project's own schema. */
    public static DatasetSpec ownSchema(String name, String path) {
        var location = new Location(path, "", "", "", "", "");
        var reading = new Reading(Format.JSONL, List.of(), List.of(), "", "");
        var labelling = new Labelling(Map.of(), "", Map.of(), Map.of());
        return new DatasetSpec(name, "own", "", true, location, reading, labelling, new Sampling(1, Map.of(), 1));
    }

    /** Whether its rows may train the model. */
    public boolean trains() {
        return !Boolean.FALSE.equals(train);
    }
}
