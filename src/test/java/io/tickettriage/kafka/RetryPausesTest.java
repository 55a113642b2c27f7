package io.tickettriage.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPausesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final RetryPauses pauses = new RetryPauses();

    @Test
    void shouldDoubleUpToHalfAMinuteAndBeginAnewAfterASuccess() {
        assertThat(IntStream.range(0, 9).mapToObj(i -> pauses.next().toMillis()))
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);

        pauses.reset();

        assertThat(pauses.next()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void shouldSayEachCauseOnceAndThenOnceAMinute() {
        assertThat(pauses.isWorthALine("a", NOW)).isTrue();
        assertThat(pauses.isWorthALine("b", NOW)).isTrue();
        assertThat(pauses.isWorthALine("a", NOW.plusSeconds(59))).isFalse();
        assertThat(pauses.isWorthALine("a", NOW.plusSeconds(60))).isTrue();
        assertThat(pauses.isWorthALine("a", NOW.plusSeconds(61))).isFalse();
    }
}
