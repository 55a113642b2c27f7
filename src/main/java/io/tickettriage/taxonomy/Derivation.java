package io.tickettriage.taxonomy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a head's label follows from the label of another, so that the answers of one ticket cannot contradict each other.
 *
 * @param from the other head; empty where the head answers by itself
 * @param labels label of {@code from} → label of this head
 * @param otherwise this head's label where {@code from} says that none of its labels fits; empty where this head then answers
 *     by itself
 */
public record Derivation(String from, Map<String, String> labels, String otherwise) {
    /** A head that answers by itself. */
    public static final Derivation NONE = new Derivation("", Map.of(), "");

    /** A head as far as others can follow from it. */
    public interface Derivable {
        String name();

        Activation activation();

        List<String> labels();

        Derivation derived();

        /** How many logits the network computes for this head. */
        default int outputs() {
            return derived().hasOwnAnswer() ? activation().outputs(labels()) : 0;
        }
    }

    public Derivation {
        from = from == null ? "" : from;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        otherwise = otherwise == null ? "" : otherwise;
        if (from.isEmpty() && !(labels.isEmpty() && otherwise.isEmpty())) {
            throw new IllegalArgumentException("derived: from is missing, the head whose label decides");
        }
    }

    /** Whether there is one. */
    public boolean exists() {
        return !from.isEmpty();
    }

    /** Whether the head must be able to answer by itself. */
    public boolean hasOwnAnswer() {
        return otherwise.isEmpty();
    }

    /**
     * Refuses derivations from heads that do not exist or follow from others themselves, tables with a gap or with labels that
     * do not exist, and those that nothing decides.
     *
     * @throws IllegalArgumentException with the head and what is wrong
     */
    public static void checkAll(List<? extends Derivable> heads) {
        Map<String, Derivable> byName = new HashMap<>();
        heads.forEach(head -> byName.put(head.name(), head));
        heads.stream().filter(head -> head.derived().exists()).forEach(head -> {
            Derivation derived = head.derived();
            Derivable source = byName.get(derived.from());
            if (source == null || source.derived().exists()) {
                throw problem(head, "from is \"" + derived.from() + "\", expected a head that is not derived itself");
            }
            derived.check(head, source);
        });
    }

    private void check(Derivable head, Derivable source) {
        for (String label : source.labels()) {
            if (!labels.containsKey(label)) {
                throw problem(head, "labels does not say what follows from " + source.name() + " " + label);
            }
        }
        labels.forEach((label, follows) -> {
            LabelProblem.of(source.name(), source.labels(), label).ifPresent(found -> {
                throw problem(head, found.message());
            });
            require(head, follows);
        });
        if (!hasOwnAnswer()) {
            require(head, otherwise);
        } else if (source.activation() != Activation.SOFTMAX_OR_OTHER) {
            throw problem(
                    head,
                    "otherwise is missing, or activation: softmax_or_other of the head " + source.name()
                            + ", without which this head would never answer by itself");
        }
    }

    private static void require(Derivable head, String label) {
        LabelProblem.of(head.name(), head.labels(), label).ifPresent(found -> {
            throw problem(head, found.message());
        });
    }

    private static IllegalArgumentException problem(Derivable head, String what) {
        return new IllegalArgumentException("head " + head.name() + ": derived: " + what);
    }
}
