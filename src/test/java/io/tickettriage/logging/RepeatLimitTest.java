package io.tickettriage.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.logging.RepeatLimit.LeftOut;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatLimitTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    // Nanoseconds of a clock may be negative and overflow.
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final RepeatLimit<String> limit = new RepeatLimit<>(3, Duration.ofSeconds(10));

    @Test
    void shouldLetTheFirstEventsOfEachKindThroughAndCountTheRest() {
        assertThat(IntStream.range(0, 100).filter(i -> limit.admits("rejects", "r" + i, START)))
                .containsExactly(0, 1, 2);
        assertThat(limit.admits("refusals", "m1", START)).isTrue();

        assertThat(limit.ended(START + 10 * SECOND - 1)).isEmpty();
        assertThat(limit.ended(START + 10 * SECOND)).containsExactly(new LeftOut<>(97, "r99"));
    }

    @Test
    void shouldBeginAnewWithTheFirstEventAfterAWindow() {
        IntStream.range(0, 5).forEach(i -> limit.admits("rejects", "r" + i, START));
        assertThat(limit.ended(START + 11 * SECOND)).hasSize(1);

        assertThat(limit.admits("rejects", "next", START + 11 * SECOND)).isTrue();
        assertThat(limit.ended(START + 20 * SECOND)).isEmpty();
        assertThat(limit.isFullFor("other", 1)).isTrue();
        assertThat(limit.ended(START + 21 * SECOND)).isEmpty();
        assertThat(limit.isFullFor("other", 1)).isFalse();
    }

    @Test
    void shouldTellNothingWhereNothingWasLeftOut() {
        IntStream.range(0, 3).forEach(i -> limit.admits("rejects", "r" + i, START));

        assertThat(limit.ended(START + 10 * SECOND)).isEmpty();
        assertThat(limit.endAll()).isEmpty();
    }

    @Test
    void shouldTellEverythingThatWasLeftOutWhenItEnds() {
        IntStream.range(0, 4).forEach(i -> limit.admits("rejects", "r" + i, START));
        IntStream.range(0, 5).forEach(i -> limit.admits("warnings", "w" + i, START + SECOND));

        assertThat(limit.endAll()).containsExactly(new LeftOut<>(1, "r3"), new LeftOut<>(2, "w4"));
        assertThat(limit.endAll()).isEmpty();
    }
}
