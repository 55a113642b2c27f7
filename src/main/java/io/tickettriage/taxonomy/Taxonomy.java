package io.tickettriage.taxonomy;

import io.tickettriage.format.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The heads, their labels, and the heuristics that guess unknown ones: the content of {@code config/taxonomy.yaml}.
 *
 * @param heads the questions, in output order
 * @param metadata names of ticket metadata that become features
 */
public record Taxonomy(
        List<HeadSpec> heads,
        List<String> metadata,
        List<LabelHeuristic> heuristics,
        List<TextHeuristic> textHeuristics) {

    /**
     * A head before training.
     *
     * @param activation {@code softmax} where the file names none
     * @param critical labels whose recall a new model must keep
     * @param precision label → the precision its decision threshold is chosen for
     */
    public record HeadSpec(
            String name,
            Activation activation,
            List<String> labels,
            boolean routing,
            boolean review,
            boolean header,
            int topK,
            List<String> critical,
            Map<String, Double> precision) {

        public HeadSpec {
            activation = activation == null ? Activation.SOFTMAX : activation;
            labels = List.copyOf(labels);
            critical = List.copyOf(critical);
            precision = Map.copyOf(precision);
            HeadRules.check(name, activation, labels);
            for (String label : critical) {
                require("critical", LabelProblem.of(name, labels, label));
            }
            for (String label : precision.keySet()) {
                require("precision", LabelProblem.of(name, labels, label));
            }
        }

        /** What the head's answer is used for. */
        public HeadRoles roles() {
            return new HeadRoles(routing, review, header, topK);
        }

        /** How many logits the network computes for this head. */
        public int outputs() {
            return activation.outputs(labels);
        }
    }

    /**
     * Guesses one head's label from the label of another.
     *
     * @param labels label of {@code from} → label of {@code fill}
     * @param otherwise for labels that are not in the map; null to leave the head unknown
     * @param unlessTextHas phrases that forbid the guess
     */
    public record LabelHeuristic(
            String from,
            String fill,
            Map<String, String> labels,
            @Nullable String otherwise,
            List<String> unlessTextHas) {}

    /**
     * Guesses one head's label from the words of the text.
     *
     * @param rules tried in order; the first that matches decides
     * @param otherwiseFrom the head whose label decides where no rule does
     * @param otherwise label of {@code otherwiseFrom} → label of {@code head}
     */
    public record TextHeuristic(
            String head, List<TextRule> rules, @Nullable String otherwiseFrom, Map<String, String> otherwise) {}

    /**
     * Phrases that speak for a label.
     *
     * @param anyOf one of them must stand in the text, at word boundaries, in any case
     * @param onlyIf head → labels one of which the row must have, where the head is known
     */
    public record TextRule(String label, List<String> anyOf, Map<String, List<String>> onlyIf) {}

    public Taxonomy {
        heads = List.copyOf(heads);
        metadata = List.copyOf(metadata);
        heuristics = List.copyOf(heuristics);
        textHeuristics = List.copyOf(textHeuristics);
        Set<String> names = new HashSet<>();
        for (HeadSpec head : heads) {
            if (!names.add(head.name())) {
                throw new IllegalArgumentException("head \"" + head.name() + "\" is there twice");
            }
        }
        long routing = heads.stream().filter(HeadSpec::routing).count();
        if (routing != 1) {
            throw new IllegalArgumentException("one head must have routing: true, " + routing + " have");
        }
        for (LabelHeuristic heuristic : heuristics) {
            requireAll(heads, heuristic.from(), heuristic.fill(), heuristic.labels());
            if (heuristic.otherwise() != null) {
                require(heads, heuristic.fill(), heuristic.otherwise());
            }
        }
        for (TextHeuristic heuristic : textHeuristics) {
            for (TextRule rule : heuristic.rules()) {
                require(heads, heuristic.head(), rule.label());
            }
            requireAll(heads, String.valueOf(heuristic.otherwiseFrom()), heuristic.head(), heuristic.otherwise());
        }
    }

    /**
     * Reads a taxonomy file that came from {@code source}.
     *
     * @throws IOException if it cannot be read, or what it says is wrong; the message has the line
     */
    public static Taxonomy read(InputStream yaml, String source) throws IOException {
        return Yaml.read(yaml, source, Taxonomy.class);
    }

    /** The names of the heads, in output order. */
    public List<String> headNames() {
        return heads.stream().map(HeadSpec::name).toList();
    }

    /** The head of that name. */
    public Optional<HeadSpec> head(String name) {
        return heads.stream().filter(h -> h.name().equals(name)).findFirst();
    }

    /** What is wrong with a label of a head; empty if both are in this taxonomy. */
    public Optional<LabelProblem> problem(String head, String label) {
        return problem(heads, head, label);
    }

    private static Optional<LabelProblem> problem(List<HeadSpec> heads, String head, String label) {
        for (HeadSpec spec : heads) {
            if (spec.name().equals(head)) {
                return LabelProblem.of(head, spec.labels(), label);
            }
        }
        List<String> known = heads.stream().map(HeadSpec::name).toList();
        return Optional.of(new LabelProblem.UnknownHead(head, known));
    }

    private static void requireAll(List<HeadSpec> heads, String from, String to, Map<String, String> labels) {
        labels.forEach((label, guess) -> {
            require(heads, from, label);
            require(heads, to, guess);
        });
    }

    private static void require(List<HeadSpec> heads, String head, String label) {
        require("a heuristic", problem(heads, head, label));
    }

    private static void require(String where, Optional<LabelProblem> problem) {
        problem.ifPresent(found -> {
            throw new IllegalArgumentException(where + ": " + found.message());
        });
    }
}
