package io.tickettriage.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.verify.Fault.Kind;
import io.tickettriage.verify.Fault.Track;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScheduleTest {
    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -7, Long.MAX_VALUE})
    void shouldHaveEveryKindOfFaultInThreeMinutes(long seed) {
        FaultSchedule schedule = FaultSchedule.of(seed, THREE_MINUTES, 3, 3, 0);

        assertThat(schedule.faults())
                .extracting(Fault::kind)
                .containsAll(EnumSet.complementOf(EnumSet.of(Kind.UPGRADE_INSTANCE)))
                .doesNotContain(Kind.UPGRADE_INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -7})
    void shouldEndOneFaultOfATrackBeforeTheNextBegins(long seed) {
        FaultSchedule schedule = FaultSchedule.of(seed, THREE_MINUTES, 3, 3, 0);

        for (Track track : Track.values()) {
            List<Fault> faults = schedule.of(track);
            for (int i = 1; i < faults.size(); i++) {
                Fault before = faults.get(i - 1);
                assertThat(before.at().plus(before.length()))
                        .isLessThan(faults.get(i).at());
            }
        }
    }

    @Test
    void shouldDrawTheSameFaultsFromTheSameSeed() {
        FaultSchedule schedule = FaultSchedule.of(5, THREE_MINUTES, 3, 3, 0);

        assertThat(FaultSchedule.of(5, THREE_MINUTES, 3, 3, 0)).isEqualTo(schedule);
        assertThat(FaultSchedule.of(6, THREE_MINUTES, 3, 3, 0)).isNotEqualTo(schedule);
    }

    @Test
    void shouldUpgradeEachInstanceOnceAndLeaveAllElseAsItIs() {
        FaultSchedule drawn = FaultSchedule.of(5, THREE_MINUTES, 3, 3, 0);

        FaultSchedule schedule = drawn.withUpgrades(THREE_MINUTES, 3);

        assertThat(schedule.faults()).containsAll(drawn.faults()).isSorted();
        assertThat(schedule.faults())
                .filteredOn(fault -> fault.kind() == Kind.UPGRADE_INSTANCE)
                .extracting(Fault::target)
                .containsExactly(0, 1, 2);
        assertThat(schedule.count(Kind.UPGRADE_INSTANCE)).isEqualTo(3);
    }

    @Test
    void shouldNeverEndAnInstanceThatIsSpared() {
        FaultSchedule schedule = FaultSchedule.of(5, Duration.ofHours(1), 3, 3, 1);

        assertThat(schedule.of(Track.INSTANCES)).extracting(Fault::target).containsOnly(1, 2);
    }
}
