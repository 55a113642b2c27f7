package io.tickettriage.taxonomy;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What holds for the name and labels of every head, before and after training. */
public final class HeadRules {
    /** Names become topic names, header values and meter tags. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

    private HeadRules() {}

    /**
     * Refuses names that cannot be written in topics and headers, labels that are not two or more different ones, and a
     * sigmoid that has not exactly two.
     *
     * @throws IllegalArgumentException with the head and what is wrong
     */
    public static void check(String head, Activation activation, List<String> labels) {
        if (head == null || !NAME.matcher(head).matches()) {
            throw new IllegalArgumentException("head \"" + head + "\": the name must match " + NAME);
        }
        for (String label : labels) {
            if (!NAME.matcher(label).matches()) {
                throw new IllegalArgumentException("head " + head + ": label \"" + label + "\" must match " + NAME);
            }
        }
        if (labels.size() < 2 || new HashSet<>(labels).size() != labels.size()) {
            throw new IllegalArgumentException("head " + head + ": needs two or more different labels, has " + labels);
        }
        if (activation == Activation.SIGMOID && labels.size() != 2) {
            throw new IllegalArgumentException("head " + head + ": a sigmoid has two labels, not " + labels.size());
        }
    }
}
