package io.tickettriage.model;

import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Derivation;
import io.tickettriage.taxonomy.HeadRoles;
import io.tickettriage.taxonomy.LabelProblem;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.taxonomy.Taxonomy.HeadSpec;
import java.util.List;
import java.util.Map;

/**
 * One question the network answers about a ticket, such as {@code department}, and how the answer is used.
 *
 * @param labels the possible answers, in output order; a sigmoid head has two and outputs the second one's probability
 * @param temperature what the logits are divided by before the activation (calibration), 0.01 to 100
 * @param decisionThresholds label → the score from which it is chosen, whatever the others score; for labels whose
 *     precision matters more than the balance
 * @param reviewThreshold the confidence below which a person decides, 0 for never; counts only where the roles say so
 * @param reviewMargin the lead over the second label below which a person decides, 0 for never
 * @param derived the head that it follows from, if it does
 */
public record Head(
        String name,
        Activation activation,
        List<String> labels,
        float temperature,
        Map<String, Float> decisionThresholds,
        float reviewThreshold,
        float reviewMargin,
        HeadRoles roles,
        Derivation derived)
        implements Derivation.Derivable {

    private static final float MIN_TEMPERATURE = 0.01f;
    private static final float MAX_TEMPERATURE = 100;

    public Head {
        labels = List.copyOf(labels);
        decisionThresholds = Map.copyOf(decisionThresholds);
        Taxonomy.checkHead(name, activation, labels, roles.topK());
        if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
            throw new IllegalArgumentException(
                    "head " + name + ": temperature is " + temperature + ", expected 0.01 to 100");
        }
        for (String label : decisionThresholds.keySet()) {
            LabelProblem.of(name, labels, label).ifPresent(problem -> {
                throw new IllegalArgumentException("decision threshold: " + problem.message());
            });
            checkShare(name, "decision threshold of " + label, decisionThresholds.getOrDefault(label, 0f));
        }
        checkShare(name, "review threshold", reviewThreshold);
        checkShare(name, "review margin", reviewMargin);
    }

    /** The head of a taxonomy, once calibration and thresholds are known. */
    public static Head of(HeadSpec spec, float temperature, Map<String, Float> decisions, float review, float margin) {
        return new Head(
                spec.name(),
                spec.activation(),
                spec.labels(),
                temperature,
                decisions,
                review,
                margin,
                spec.roles(),
                spec.derived());
    }

    public Head withTemperature(float other) {
        return new Head(
                name, activation, labels, other, decisionThresholds, reviewThreshold, reviewMargin, roles, derived);
    }

    /** The scores of all labels from this head's own logits, which start at {@code offset}. */
    float[] scores(float[] logits, int offset) {
        float[] scores = new float[labels.size()];
        if (activation == Activation.SIGMOID) {
            float p = (float) (1 / (1 + Math.exp(-(double) logits[offset] / temperature)));
            scores[0] = 1 - p;
            scores[1] = p;
            return scores;
        }
        float largest = Float.NEGATIVE_INFINITY;
        int outputs = outputs();
        for (int k = 0; k < outputs; k++) {
            largest = Math.max(largest, logits[offset + k]);
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
            double e = Math.exp((double) (logits[offset + k] - largest) / temperature);
            sum += e;
            if (k < scores.length) { // The last one may be that of no label.
                scores[k] = (float) e;
            }
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] = (float) (scores[k] / sum);
        }
        return scores;
    }

    /** The best label that reaches its decision threshold; else the best of those without one; else the best of all. */
    int decide(float[] scores) {
        if (decisionThresholds.isEmpty()) {
            return ArgMax.of(scores, 0, scores.length);
        }
        int reached = -1;
        int free = -1;
        for (int k = 0; k < scores.length; k++) {
            Float threshold = decisionThresholds.get(labels.get(k));
            if (threshold == null) {
                free = free < 0 || scores[k] > scores[free] ? k : free;
            } else if (scores[k] >= threshold) {
                reached = reached < 0 || scores[k] > scores[reached] ? k : reached;
            }
        }
        if (reached >= 0) {
            return reached;
        }
        return free >= 0 ? free : ArgMax.of(scores, 0, scores.length);
    }

    private static void checkShare(String head, String what, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("head " + head + ": " + what + " is " + value + ", expected 0 to 1");
        }
    }
}
