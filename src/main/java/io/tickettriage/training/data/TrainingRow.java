package io.tickettriage.training.data;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A labelled text on its way into training.
 *
 * @param weakHeads the heads whose label is weak: guessed by a rule of the taxonomy, not given by a person
 * @param weight in the loss, 1 for a row a person wrote and labelled
 * @param group rows of one group are never parted by a split; empty to derive the group from the text
 */
public record TrainingRow(LabelledExample example, Set<String> weakHeads, String source, float weight, String group) {
    private static final int SHORT_WORD = 3;

    public TrainingRow {
        if (!(weight > 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException("a row of " + source + " has weight " + weight + ", expected above 0");
        }
    }

    public TrainingRow withWeight(float other) {
        return new TrainingRow(example, weakHeads, source, other, group);
    }

    /** Reads {@code corrections.jsonl}; the rows of one ticket are one group. Errors name file and line. */
    public static List<TrainingRow> readCorrections(Path file, Taxonomy taxonomy, float weight) throws IOException {
        List<TrainingRow> rows = new ArrayList<>();
        LineSource.readJson(file, (json, lines) -> {
            LabelledExample example = LabelledExample.fromJson(json, taxonomy.headNames());
            if (example.labels().isEmpty()) {
                throw lines.error("corrects no head");
            }
            DatasetReader.requireKnown(taxonomy, example.labels(), lines.name() + ":" + lines.number());
            String group = example.id().isEmpty() ? "" : "ticket " + example.id();
            rows.add(new TrainingRow(example, Set.of(), "corrections", weight, group));
        });
        if (rows.isEmpty()) {
            throw new BadDataException(file + ": holds no corrections");
        }
        return rows;
    }

    /** The same row with other labels, of which those of {@code weak} are weak. */
    public TrainingRow withLabels(Map<String, String> labels, Set<String> weak) {
        return new TrainingRow(example.withLabels(labels), weak, source, weight, group);
    }

    /** Whether somebody has given the label of a head: it is there and is not weak. */
    public boolean hasGiven(String head) {
        return example.labels().containsKey(head) && !weakHeads.contains(head);
    }

    public String text() {
        return example.text();
    }

    public Map<String, String> metadata() {
        return example.metadata();
    }

    /** The group of the row: its own, else the words of its text that are long enough to matter, in alphabetical order. */
    public String groupKey() {
        if (!group.isEmpty()) {
            return group;
        }
        Set<String> words = new TreeSet<>();
        for (String word : text().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+", -1)) {
            if (word.length() > SHORT_WORD && !Character.isDigit(word.charAt(0))) {
                words.add(word);
            }
        }
        return words.isEmpty() ? text().strip().toLowerCase(Locale.ROOT) : String.join(" ", words);
    }
}
