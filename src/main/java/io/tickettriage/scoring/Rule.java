package io.tickettriage.scoring;

import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.text.PhraseMatcher;
import io.tickettriage.ticket.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
     * The conditions; one that is not given holds.
     *
     * @param phrases one of them stands in the text, at word boundaries, in any case
     * @param metadata each name has the value, in any case
     * @param labels each head chose one of the labels
     * @param confidence each head's confidence lies in the range
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

        /** The heads that conditions name. */
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

    /** Whether all conditions hold for a ticket. */
    boolean matches(Ticket ticket, Prediction prediction) {
        return matchesMetadata(ticket) && matchesAnswers(prediction) && matchesText(ticket.text());
    }

    private boolean matchesMetadata(Ticket ticket) {
        for (Map.Entry<String, String> wanted : when.metadata().entrySet()) {
            if (!wanted.getValue().equalsIgnoreCase(ticket.metadata().get(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesAnswers(Prediction prediction) {
        for (HeadPrediction answer : prediction.heads()) {
            List<String> labels = when.labels().get(answer.head().name());
            Range range = when.confidence().get(answer.head().name());
            if ((labels != null && !labels.contains(answer.label()))
                    || (range != null && !range.contains(answer.confidence()))) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesText(String text) {
        for (String phrase : when.phrases()) {
            if (PhraseMatcher.contains(text, phrase)) {
                return true;
            }
        }
        return when.phrases().isEmpty();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
