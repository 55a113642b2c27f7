package io.tickettriage.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureScalingTest {
    /** Draws truths from the softmax of logits, then states the logits {@code temperature} times as loud. */
    private static List<TemperatureScaling.Case> cases(int outputs, double temperature) {
        SplittableRandom random = new SplittableRandom(5);
        List<TemperatureScaling.Case> cases = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            float[] logits = new float[outputs];
            double[] e = new double[Math.max(2, outputs)];
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                double z = 4 * random.nextDouble() - 2;
                logits[k] = (float) (z * temperature);
                e[outputs == 1 ? 1 : k] = Math.exp(z);
            }
            if (outputs == 1) {
                e[0] = 1;
            }
            for (double v : e) {
                sum += v;
            }
            double drawn = random.nextDouble() * sum;
            int truth = 0;
            while (drawn > e[truth]) {
                drawn -= e[truth++];
            }
            cases.add(new TemperatureScaling.Case(logits, truth, 1));
        }
        return cases;
    }

    @Test
    void shouldFindTheTemperatureOfOverconfidentLogits() {
        assertThat((double) TemperatureScaling.temperature(cases(4, 3))).isCloseTo(3, within(0.2));
    }

    @Test
    void shouldFindTheTemperatureOfASigmoid() {
        assertThat((double) TemperatureScaling.temperature(cases(1, 0.5))).isCloseTo(0.5, within(0.05));
    }

    @Test
    void shouldLeaveAHeadWithoutRowsAlone() {
        assertThat(TemperatureScaling.temperature(List.of())).isEqualTo(1);
    }
}
