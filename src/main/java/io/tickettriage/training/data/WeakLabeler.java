package io.tickettriage.training.data;

import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.PhraseMatcher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives unknown heads weak labels, from known heads and from words, by the rules of the taxonomy. Each is marked as weak. */
public record WeakLabeler(Taxonomy taxonomy) {
    /** The row with what the rules can guess; a label that is there is never changed. */
    public TrainingRow label(TrainingRow row) {
        Map<String, String> labels = new HashMap<>(row.example().labels());
        Set<String> weak = new HashSet<>(row.weakHeads());
        String text = row.text();
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            String from = labels.get(head.derived().from());
            put(
                    labels,
                    weak,
                    head.name(),
                    from == null ? null : head.derived().labels().get(from));
        }
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
            boolean allowed = rule.onlyIf().entrySet().stream()
                    .allMatch(
                            e -> !labels.containsKey(e.getKey()) || e.getValue().contains(labels.get(e.getKey())));
            if (allowed && hasAny(text, rule.anyOf())) {
                return rule.label();
            }
        }
        String from = heuristic.otherwiseFrom() == null ? null : labels.get(heuristic.otherwiseFrom());
        return from == null ? null : heuristic.otherwise().get(from);
    }

    private static boolean hasAny(String text, List<String> phrases) {
        return phrases.stream().anyMatch(phrase -> PhraseMatcher.contains(text, phrase));
    }
}
