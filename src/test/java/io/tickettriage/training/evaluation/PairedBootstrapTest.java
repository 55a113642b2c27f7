package io.tickettriage.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    @Test
    void shouldFindNoDifferenceBetweenAModelAndItself() {
        List<Boolean> right = List.of(true, false, true, true);
        assertThat(PairedBootstrap.ofAccuracy(right, right, 1)).isEqualTo(new PairedBootstrap(4, 0.75, 0.75, 0, 0));
    }

    @Test
    void shouldAgreeWithTheNormalApproximation() {
        SplittableRandom random = new SplittableRandom(9);
        List<Boolean> first = new ArrayList<>();
        List<Boolean> second = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            first.add(random.nextDouble() < 0.80);
            second.add(random.nextDouble() < 0.83);
        }
        PairedBootstrap lead = PairedBootstrap.ofAccuracy(first, second, 1);
        double sd = Math.sqrt((0.80 * 0.20 + 0.83 * 0.17) / 4000);
        assertThat(lead.low()).isCloseTo(lead.difference() - 1.96 * sd, within(0.15 * sd));
        assertThat(lead.high()).isCloseTo(lead.difference() + 1.96 * sd, within(0.15 * sd));
    }
}
