package io.tickettriage.taxonomy;

import io.tickettriage.format.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The heads in output order, the ticket metadata that become features, and the heuristics that guess unknown labels:
 * the content of {@code config/taxonomy.yaml}.
 */
public record Taxonomy(
        List<HeadSpec> heads,
        List<String> metadata,
        List<LabelHeuristic> heuristics,
        List<TextHeuristic> textHeuristics) {

    /** Names become topic names, header values and meter tags. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    private static final int MAX_LABELS = 1000;

    /**
     * A head before training: {@code softmax} where the file names no activation; {@code critical} labels are those
     * whose recall a new model must keep; {@code precision} is what a label's decision threshold is chosen for; {@code derived}
     * says what the head follows from, if it does.
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
            Map<String, Double> precision,
            Derivation derived)
            implements Derivation.Derivable {

        public HeadSpec {
            derived = derived == null ? Derivation.NONE : derived;
            activation = activation == null ? Activation.SOFTMAX : activation;
            labels = List.copyOf(labels);
            critical = List.copyOf(critical);
            precision = Map.copyOf(precision);
            checkHead(name, activation, labels, topK);
            for (String label : critical) {
                require("critical", LabelProblem.of(name, labels, label));
            }
            for (String label : precision.keySet()) {
                require("precision", LabelProblem.of(name, labels, label));
            }
        }

        public HeadRoles roles() {
            return new HeadRoles(routing, review, header, topK);
        }
    }

    /**
     * Guesses one head's label from the label of another, unless the text has one of the phrases.
     *
     * @param labels label of {@code from} → label of {@code fill}
     * @param otherwise for labels that are not in the map; null to leave the head unknown
     */
    public record LabelHeuristic(
            String from,
            String fill,
            Map<String, String> labels,
            @Nullable String otherwise,
            List<String> unlessTextHas) {}

    /**
     * Guesses one head's label from the words of the text: the first rule that matches decides; where none does, the
     * label of the head {@code otherwiseFrom}.
     */
    public record TextHeuristic(
            String head, List<TextRule> rules, @Nullable String otherwiseFrom, Map<String, String> otherwise) {}

    /**
     * A label and the phrases one of which must stand in the text, at word boundaries, in any case; where a head of
     * {@code onlyIf} is known, it must have one of the labels.
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
        Derivation.checkAll(heads);
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

    /** Reads a taxonomy file that came from {@code source}; the error of a bad one has the line. */
    public static Taxonomy read(InputStream yaml, String source) throws IOException {
        return Yaml.read(yaml, source, Taxonomy.class);
    }

    public List<String> headNames() {
        return heads.stream().map(HeadSpec::name).toList();
    }

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

    /**
     * Refuses what no head may have, before or after training: a name that cannot be written in topics and headers, labels
     * that are not two to a thousand different ones, a sigmoid that has not exactly two, a list of more labels than there are.
     *
     * @throws IllegalArgumentException with the head and what is wrong
     */
    public static void checkHead(String head, Activation activation, List<String> labels, int topK) {
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
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException(
                    "head " + head + ": has " + labels.size() + " labels, at most " + MAX_LABELS + " are allowed");
        }
        if (activation == Activation.SIGMOID && labels.size() != 2) {
            throw new IllegalArgumentException("head " + head + ": a sigmoid has two labels, not " + labels.size());
        }
        if (topK < 0 || topK > labels.size()) {
            throw new IllegalArgumentException(
                    "head " + head + ": top_k is " + topK + ", expected 0 to " + labels.size() + ", its labels");
        }
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
