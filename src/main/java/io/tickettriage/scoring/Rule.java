package io.tickettriage.scoring;

import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.text.PhraseMatcher;
import io.tickettriage.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A business rule: what must hold, and where the ticket goes then. Its name stands in the output of every such ticket. */
record Rule(String name, When when, Then then) {
    Rule {
        require(name != null && !name.isBlank(), "a rule has no name");
        require(when != null && !when.isEmpty(), "rule \"" + name + "\" has no condition under when");
        boolean goesSomewhere =
                then != null && then.queue() != null && !then.queue().isBlank();
        require(goesSomewhere, "rule \"" + name + "\" has no then.queue");
    }

    /**
     * What must hold, as far as it is given: one of the phrases stands in the text, at word boundaries, in any case;
     * each metadata name has its value, in any case; each head chose one of its labels; its confidence lies in its
     * range. What is said of a head the model does not have never holds.
     */
    record When(
            List<String> phrases,
            Map<String, String> metadata,
            Map<String, List<String>> labels,
            Map<String, Range> confidence) {

        When {
            phrases = List.copyOf(phrases);
            metadata = Map.copyOf(metadata);
            labels = Map.copyOf(labels);
            confidence = Map.copyOf(confidence);
            require(phrases.stream().noneMatch(String::isBlank), "a phrase is blank");
        }

        Set<String> heads() {
            Set<String> heads = new TreeSet<>(labels.keySet());
            heads.addAll(confidence.keySet());
            return heads;
        }

        boolean isEmpty() {
            return phrases.isEmpty() && metadata.isEmpty() && labels.isEmpty() && confidence.isEmpty();
        }
    }

    /** A range of confidence: {@code at_least ≤ x < below}; an end that is not given is open. */
    record Range(@Nullable Float atLeast, @Nullable Float below) {
        boolean contains(float x) {
            return (atLeast == null || x >= atLeast) && (below == null || x < below);
        }
    }

    /** Where a ticket goes: a department, or {@code review}. */
    record Then(String queue) {}

    boolean matches(Ticket ticket, Prediction prediction) {
        Map<String, String> facts = ticket.metadata();
        List<String> phrases = when.phrases();
        return when.metadata().entrySet().stream().allMatch(e -> e.getValue().equalsIgnoreCase(facts.get(e.getKey())))
                && matchesAnswers(prediction)
                && (phrases.isEmpty() || phrases.stream().anyMatch(p -> PhraseMatcher.contains(ticket.text(), p)));
    }

    private boolean matchesAnswers(Prediction prediction) {
        return when.labels().entrySet().stream()
                        .allMatch(e ->
                                holds(prediction, e.getKey(), a -> e.getValue().contains(a.label())))
                && when.confidence().entrySet().stream()
                        .allMatch(e ->
                                holds(prediction, e.getKey(), a -> e.getValue().contains(a.confidence())));
    }

    /** Nothing holds of a head that the model does not have, nor of an answer without a confidence. */
    private static boolean holds(Prediction prediction, String head, Predicate<HeadPrediction> condition) {
        return prediction.heads().stream()
                .anyMatch(a -> a.head().name().equals(head) && a.hasConfidence() && condition.test(a));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
