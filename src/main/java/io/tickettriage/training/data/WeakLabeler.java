package io.tickettriage.training.data;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives unknown heads weak labels, from known heads and from words, by the rules of the taxonomy. Each is marked as weak. */
public final class WeakLabeler {
    private final Taxonomy taxonomy;

    /** A labeler by the rules of a taxonomy. */
    public WeakLabeler(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
    }

    /** The row with what the rules can guess; a label that is there is never changed. */
    public TrainingRow label(TrainingRow row) {
        Map<String, String> labels = new HashMap<>(row.example().labels());
        Set<String> weak = new HashSet<>(row.weakHeads());
        String text = row.text().toLowerCase(Locale.ROOT);
        for (Taxonomy.LabelHeuristic heuristic : taxonomy.heuristics()) {
            put(labels, weak, heuristic.fill(), guess(heuristic, labels, text));
        }
        for (Taxonomy.TextHeuristic heuristic : taxonomy.textHeuristics()) {
            put(labels, weak, heuristic.head(), guess(heuristic, labels, text));
        }
        return row.withLabels(labels, weak);
    }

    private static void put(Map<String, String> labels, Set<String> weak, String head, @Nullable String guess) {
        if (guess != null && labels.putIfAbsent(head, guess) == null) {
            weak.add(head);
        }
    }

    private static @Nullable String guess(Taxonomy.LabelHeuristic heuristic, Map<String, String> labels, String text) {
        String from = labels.get(heuristic.from());
        if (from == null || hasAny(text, heuristic.unlessTextHas())) {
            return null;
        }
        String label = heuristic.labels().get(from);
        return label == null ? heuristic.otherwise() : label;
    }

    private static @Nullable String guess(Taxonomy.TextHeuristic heuristic, Map<String, String> labels, String text) {
        for (Taxonomy.TextRule rule : heuristic.rules()) {
            if (allows(rule, labels) && hasAny(text, rule.anyOf())) {
                return rule.label();
            }
        }
        String from = heuristic.otherwiseFrom() == null ? null : labels.get(heuristic.otherwiseFrom());
        return from == null ? null : heuristic.otherwise().get(from);
    }

    private static boolean allows(Taxonomy.TextRule rule, Map<String, String> labels) {
        return rule.onlyIf().entrySet().stream()
                .allMatch(e -> !labels.containsKey(e.getKey()) || e.getValue().contains(labels.get(e.getKey())));
    }

    private static boolean hasAny(String text, List<String> phrases) {
        return phrases.stream().anyMatch(phrase -> has(text, phrase));
    }

    /** Whether a phrase stands in a lower-case text; where it starts or ends with a letter or digit, at a word's edge. */
    static boolean has(String text, String phrase) {
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            int end = at + phrase.length();
            boolean starts = at == 0 || !bothInWord(text.charAt(at - 1), text.charAt(at));
            boolean ends = end == text.length() || !bothInWord(text.charAt(end - 1), text.charAt(end));
            if (starts && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean bothInWord(char a, char b) {
        return Character.isLetterOrDigit(a) && Character.isLetterOrDigit(b);
    }
}
