package io.tickettriage.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.service.RoleState.Fetched;
import io.tickettriage.service.RoleState.Rebalancing;
import io.tickettriage.service.RoleState.Running;
import io.tickettriage.service.RoleState.Stopped;
import io.tickettriage.service.RoleState.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RoleProgressTest {
    private static final TopicPartition RAW = new TopicPartition("tickets.raw", 0);
    private static final TopicPartition OTHER = new TopicPartition("tickets.other", 0);
    private static final Running NO_TASKS = new Running(List.of());
    private static final boolean ALL = true;

    private final RoleProgress progress = new RoleProgress(Duration.ofSeconds(5));
    // Nanoseconds of a clock may overflow.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

    @Test
    void shouldNotDoItsWorkBeforeItRunsForTheFirstTime() {
        assertThat(progress.problem(new Stopped(), now)).hasValue("it does not run; the log says why");
        assertThat(progress.problem(new Rebalancing(), now)).isPresent();
        assertThat(progress.problem(NO_TASKS, now)).isEmpty();
    }

    @Test
    void shouldDoItsWorkWhereOtherInstancesHaveAllPartitions() {
        look(NO_TASKS, Map.of(), Map.of());
        assertStands(NO_TASKS, false);
    }

    @Test
    void shouldDoItsWorkWhileThereIsNothingToRead() {
        for (int i = 0; i < 10; i++) {
            look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L));
            assertStands(raw(100), false);
        }
    }

    @Test
    void shouldStandStillAfterFiveSecondsWithRecordsThatWereFetchedAndNotCommitted() {
        look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L));
        for (int i = 0; i < 2; i++) {
            look(raw(150), Map.of(RAW, 100L), Map.of(RAW, 200L));
            assertStands(raw(150), false);
        }
        look(raw(150), Map.of(RAW, 100L), Map.of(RAW, 200L));

        assertThat(progress.problem(raw(150), now)).hasValueSatisfying(problem -> assertThat(problem)
                .contains("more than 5 s", "tickets.raw-0 at 100 of 200"));
        look(raw(150), Map.of(RAW, 101L), Map.of(RAW, 200L));
        assertStands(raw(150), false);
    }

    @Test
    void shouldStandStillWithRecordsThatArriveAndAreNeverFetched() {
        look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L));
        for (int i = 1; i <= 3; i++) {
            look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L + i));
        }
        assertStands(raw(100), true);
    }

    @Test
    void shouldStandStillWhereItHasNeverCommittedAnything() {
        for (int i = 0; i < 4; i++) {
            look(raw(50), Map.of(), Map.of(RAW, 200L));
        }
        assertStands(raw(50), true);
    }

    @Test
    void shouldMoveWhileItCatchesUpWithABacklogHoweverLong() {
        for (int i = 0; i < 10; i++) {
            look(raw(1_000 + i), Map.of(RAW, (long) i), Map.of(RAW, 1_000_000L));
            assertStands(raw(1_000 + i), false);
        }
    }

    @Test
    void shouldMoveWhereOnePartitionOfATaskWaitsForTheOther() {
        for (int i = 0; i < 10; i++) {
            Running state =
                    new Running(List.of(new Task(Map.of(RAW, new Fetched(900, false), OTHER, new Fetched(20, false)))));
            look(state, Map.of(RAW, (long) i, OTHER, 10L), Map.of(RAW, 1_000L, OTHER, 20L));
            assertStands(state, false);
        }
    }

    @Test
    void shouldNotTakeTransactionMarksBehindTheLastRecordForRecords() {
        look(raw(99), Map.of(RAW, 99L), Map.of(RAW, 99L));
        look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 101L));
        for (int i = 0; i < 10; i++) {
            look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 101L));
            assertStands(raw(100), false);
        }
    }

    @Test
    void shouldNotTakeWhatWasTakenBackForRecords() {
        look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L));
        for (int i = 1; i < 10; i++) {
            Running allFetched = new Running(List.of(new Task(Map.of(RAW, new Fetched(100, ALL)))));
            look(allFetched, Map.of(RAW, 100L), Map.of(RAW, 100L + i));
            assertStands(allFetched, false);
        }
    }

    @Test
    void shouldDoItsWorkThroughAShortRebalanceAndNotThroughALongOne() {
        look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L));
        for (int i = 0; i < 2; i++) {
            look(new Rebalancing(), Map.of(RAW, 100L), Map.of(RAW, 110L));
            assertStands(new Rebalancing(), false);
        }
        look(new Rebalancing(), Map.of(RAW, 100L), Map.of(RAW, 120L));
        assertThat(progress.problem(new Rebalancing(), now))
                .hasValueSatisfying(problem -> assertThat(problem).contains("waits for its partitions"));
    }

    /** Fenced again and again: each time it is RUNNING for a moment, with its partitions. */
    @Test
    void shouldStandStillWhereItLosesAndWinsATaskWithoutMovingIt() {
        look(raw(100), Map.of(RAW, 100L), Map.of(RAW, 100L));
        for (int i = 0; i < 2; i++) {
            look(raw(150), Map.of(RAW, 100L), Map.of(RAW, 200L));
            look(NO_TASKS, Map.of(RAW, 100L), Map.of(RAW, 200L));
        }
        look(raw(150), Map.of(RAW, 100L), Map.of(RAW, 200L));
        assertStands(raw(150), true);
        assertStands(new Rebalancing(), true);
    }

    @Test
    void shouldLeaveATaskToTheInstanceThatHasIt() {
        look(raw(150), Map.of(RAW, 100L), Map.of(RAW, 200L));
        for (int i = 0; i < 4; i++) {
            look(NO_TASKS, Map.of(RAW, 100L), Map.of(RAW, 200L + i));
        }
        assertStands(NO_TASKS, false);
        look(raw(100), Map.of(RAW, 150L), Map.of(RAW, 210L));
        assertStands(raw(100), false);
    }

    @Test
    void shouldTellHowMuchOfItsOwnPartitionsIsNotCommitted() {
        look(raw(100), Map.of(RAW, 100L, OTHER, 1L), Map.of(RAW, 130L, OTHER, 500L));
        assertThat(progress.lag()).isEqualTo(30);
        look(NO_TASKS, Map.of(RAW, 100L), Map.of(RAW, 130L));
        assertThat(progress.lag()).isZero();
    }

    private static Running raw(long fetched) {
        return new Running(List.of(new Task(Map.of(RAW, new Fetched(fetched, false)))));
    }

    /** A look, two seconds after the last. */
    private void look(RoleState state, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        now += Duration.ofSeconds(2).toNanos();
        progress.observe(state, committed, ends, now);
    }

    private void assertStands(RoleState state, boolean stands) {
        assertThat(progress.problem(state, now).isPresent()).isEqualTo(stands);
    }
}
