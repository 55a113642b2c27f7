package io.tickettriage.taxonomy;

import java.util.List;
import java.util.Optional;

/** Why a label of a head is not one of a taxonomy. */
public sealed interface LabelProblem {
    /** The problem with what would have been right; what was given may come from outside and is cut to 60 characters. */
    String message();

    record UnknownHead(String head, List<String> known) implements LabelProblem {
        @Override
        public String message() {
            return "there is no head " + quoted(head, known);
        }
    }

    record UnknownLabel(String head, String label, List<String> known) implements LabelProblem {
        @Override
        public String message() {
            return "head " + head + " has no label " + quoted(label, known);
        }
    }

    /** The problem of a label of a head that exists, if there is one. */
    static Optional<LabelProblem> of(String head, List<String> labels, String label) {
        return labels.contains(label) ? Optional.empty() : Optional.of(new UnknownLabel(head, label, labels));
    }

    private static String quoted(String given, List<String> known) {
        String cut = given.length() <= 60 ? given : given.substring(0, 60) + "…";
        return '"' + cut + "\" (known: " + String.join(", ", known) + ")";
    }
}
