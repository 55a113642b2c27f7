package io.tickettriage.taxonomy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickettriage.model.Head;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The heads, their labels, and the heuristics that fill unknown ones: the content of {@code config/taxonomy.yaml}.
 *
 * @param heads the questions, in output order
 * @param metadata names of ticket metadata that become features
 * @param heuristics what one known label says about an unknown head
 * @param textHeuristics what the words of a text say about an unknown head
 */
public record Taxonomy(
        List<HeadSpec> heads,
        List<String> metadata,
        List<LabelHeuristic> heuristics,
        List<TextHeuristic> textHeuristics) {

    /**
     * A head before training.
     *
     * @param activation {@code softmax} where it is not given
     * @param critical labels whose recall a new model must keep
     * @param precision label → the precision its decision threshold is chosen for
     */
    public record HeadSpec(
            String name,
            Head.@Nullable Activation activation,
            List<String> labels,
            boolean routing,
            boolean review,
            boolean header,
            @JsonProperty("top_k") int topK,
            List<String> critical,
            Map<String, Double> precision) {

        /** Fills in what was left out and checks names and labels. */
        public HeadSpec {
            activation = activation == null ? Head.Activation.SOFTMAX : activation;
            labels = copy(labels);
            critical = copy(critical);
            precision = copy(precision);
            Head head = new Head(
                    name, activation, labels, 1, new HashMap<>(), 0, 0, new Head.Roles(routing, review, header, topK));
            for (String label : critical) {
                requireLabel(head.name(), labels, label, "critical");
            }
            for (String label : precision.keySet()) {
                requireLabel(head.name(), labels, label, "precision");
            }
        }

        /** The head of a model, once calibration and thresholds are known. */
        public Head toHead(
                float temperature, Map<String, Float> decisionThresholds, float reviewThreshold, float reviewMargin) {
            return new Head(
                    name,
                    activation == null ? Head.Activation.SOFTMAX : activation,
                    labels,
                    temperature,
                    decisionThresholds,
                    reviewThreshold,
                    reviewMargin,
                    new Head.Roles(routing, review, header, topK));
        }
    }

    /**
     * Fills one head from the label of another.
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
            List<String> unlessTextHas) {
        /** Copies the collections. */
        public LabelHeuristic {
            labels = copy(labels);
            unlessTextHas = copy(unlessTextHas);
        }
    }

    /**
     * Fills one head from the words of the text.
     *
     * @param rules asked in order; the first that matches decides
     * @param otherwiseFrom the head whose label decides where no rule does
     * @param otherwise label of {@code otherwiseFrom} → label of {@code head}
     */
    public record TextHeuristic(
            String head, List<TextRule> rules, @Nullable String otherwiseFrom, Map<String, String> otherwise) {
        /** Copies the collections. */
        public TextHeuristic {
            rules = copy(rules);
            otherwise = copy(otherwise);
        }
    }

    /**
     * Phrases that speak for a label.
     *
     * @param anyOf one of them must stand in the text, at word boundaries, in any case
     * @param onlyIf head → labels one of which the row must have, where the head is known
     */
    public record TextRule(String label, List<String> anyOf, Map<String, List<String>> onlyIf) {
        /** Copies the collections. */
        public TextRule {
            anyOf = copy(anyOf);
            onlyIf = copy(onlyIf);
        }
    }

    /** Copies the lists and checks that every name exists and exactly one head routes. */
    public Taxonomy {
        heads = copy(heads);
        metadata = copy(metadata);
        heuristics = copy(heuristics);
        textHeuristics = copy(textHeuristics);
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
            for (Map.Entry<String, String> entry : heuristic.labels().entrySet()) {
                requireLabel(heads, heuristic.from(), entry.getKey());
                requireLabel(heads, heuristic.fill(), entry.getValue());
            }
            if (heuristic.otherwise() != null) {
                requireLabel(heads, heuristic.fill(), heuristic.otherwise());
            }
        }
        for (TextHeuristic heuristic : textHeuristics) {
            for (TextRule rule : heuristic.rules()) {
                requireLabel(heads, heuristic.head(), rule.label());
            }
            for (Map.Entry<String, String> entry : heuristic.otherwise().entrySet()) {
                requireLabel(heads, String.valueOf(heuristic.otherwiseFrom()), entry.getKey());
                requireLabel(heads, heuristic.head(), entry.getValue());
            }
        }
    }

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /**
     * Reads a taxonomy file.
     *
     * @param source its name, for errors
     * @throws IOException if it cannot be read, or what it says is wrong; the message has the line
     */
    public static Taxonomy read(InputStream yaml, String source) throws IOException {
        try {
            return YAML.readValue(yaml, Taxonomy.class);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new IOException(source + where + ": " + e.getOriginalMessage(), e);
        }
    }

    /** The head of that name. */
    public Optional<HeadSpec> head(String name) {
        return heads.stream().filter(h -> h.name().equals(name)).findFirst();
    }

    private static void requireLabel(List<HeadSpec> heads, String head, String label) {
        HeadSpec spec = heads.stream()
                .filter(h -> h.name().equals(head))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("a heuristic names head \"" + head + "\", which does not exist"));
        requireLabel(head, spec.labels(), label, "a heuristic");
    }

    private static void requireLabel(String head, List<String> labels, String label, String where) {
        if (!labels.contains(label)) {
            throw new IllegalArgumentException(
                    where + " names label \"" + label + "\" of head " + head + ", which has " + labels);
        }
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static <V> Map<String, V> copy(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }
}
