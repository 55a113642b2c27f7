package io.tickettriage.training.fit;

import java.util.List;

/**
 * Temperature scaling: the one number a head's logits are divided by, so that a confidence of 0.8 is right in 80 of 100
 * cases. Minimises the negative log-likelihood of the validation rows, by golden-section search over its logarithm.
 */
final class TemperatureScaling {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int STEPS = 40;

    private TemperatureScaling() {}

    /** A head's logits for a row, its true label, and the row's weight. */
    record Case(float[] logits, int truth, double weight) {}

    /** The temperature; 1 without cases. */
    static float temperature(List<Case> cases) {
        if (cases.isEmpty()) {
            return 1;
        }
        double low = Math.log(0.2);
        double high = Math.log(8);
        for (int i = 0; i < STEPS; i++) {
            double a = high - GOLDEN * (high - low);
            double b = low + GOLDEN * (high - low);
            if (loss(cases, Math.exp(a)) <= loss(cases, Math.exp(b))) {
                high = b;
            } else {
                low = a;
            }
        }
        return (float) Math.exp((low + high) / 2);
    }

    /** The mean negative log-likelihood at a temperature; a single logit is that of a sigmoid. */
    static double loss(List<Case> cases, double temperature) {
        double sum = 0;
        double weights = 0;
        for (Case c : cases) {
            sum += c.weight() * loss(c, temperature);
            weights += c.weight();
        }
        return sum / weights;
    }

    private static double loss(Case c, double temperature) {
        if (c.logits().length == 1) {
            double z = c.logits()[0] / temperature;
            return Math.log1p(Math.exp(-Math.abs(z))) + Math.max(0, c.truth() == 1 ? -z : z);
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : c.logits()) {
            largest = Math.max(largest, logit / temperature);
        }
        double sum = 0;
        for (float logit : c.logits()) {
            sum += Math.exp(logit / temperature - largest);
        }
        return Math.log(sum) + largest - c.logits()[c.truth()] / temperature;
    }
}
