package io.tickettriage.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareTest {
    /** The figures of the Wilson score interval in R: {@code prop.test(8, 10, correct = FALSE)}. */
    @Test
    void shouldGiveTheWilsonInterval() {
        Share share = Share.of(8, 10);
        assertThat(share.share()).isEqualTo(0.8);
        assertThat(share.low()).isCloseTo(0.4901625, within(1e-6));
        assertThat(share.high()).isCloseTo(0.9433178, within(1e-6));
    }

    @Test
    void shouldKnowNothingOfNothing() {
        assertThat(Share.of(0, 0)).isEqualTo(new Share(0, null, 0, 1));
        assertThat(Share.of(3, 3).high()).isEqualTo(1);
    }
}
