package io.tickettriage.training.data;

import io.tickettriage.message.LabelledExample;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A labelled text on its way into training.
 *
 * @param example the text and its labels
 * @param filled the heads whose label is a guess of the taxonomy, not of a person
 * @param source where it comes from
 * @param licence under which it was published
 * @param weight how much it counts, 1 for a row a person wrote and labelled
 * @param group rows of one group are never parted by a split; empty to derive the group from the text
 */
public record TrainingRow(
        LabelledExample example, Set<String> filled, String source, String licence, float weight, String group) {
    private static final int SHORT_WORD = 3;

    /** Copies the set and checks the weight. */
    public TrainingRow {
        filled = new HashSet<>(filled);
        if (!(weight > 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of a row of " + source + " is " + weight + ", expected above 0");
        }
    }

    /** The text. */
    public String text() {
        return example.text();
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
