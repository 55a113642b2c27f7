package io.tickettriage.service;

import io.tickettriage.service.RoleState.Fetched;
import io.tickettriage.service.RoleState.Rebalancing;
import io.tickettriage.service.RoleState.Running;
import io.tickettriage.service.RoleState.Stopped;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a role does its work: whether it runs, and each of its tasks moves that has something to read.
 *
 * <p>A task is remembered when another instance takes it, so that one which is lost and won again without having moved, as
 * by an instance that is fenced again and again, still stands. Time is given. Safe for use by several threads.
 */
final class RoleProgress {
    private final Duration patience;
    private final Map<Set<TopicPartition>, TaskMovement> movements = new HashMap<>();
    private Set<Set<TopicPartition>> own = Set.of();
    private OptionalLong lastRunning = OptionalLong.empty();
    private long lastObserved;
    private long lag;

    /** A role may stand still for {@code patience}, as it does while partitions go from one instance to another. */
    RoleProgress(Duration patience) {
        this.patience = patience;
    }

    /** The partitions to ask the cluster about: those of every task the role has had. */
    synchronized Set<TopicPartition> partitions(RoleState state) {
        Set<TopicPartition> partitions = new HashSet<>(fetched(state).keySet());
        movements.keySet().forEach(partitions::addAll);
        return partitions;
    }

    /** Takes in what the cluster says of them. */
    synchronized void observe(
            RoleState state, Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends, long nowNanos) {
        lastObserved = nowNanos;
        if (state instanceof Running running) {
            lastRunning = OptionalLong.of(nowNanos);
            own = running.tasks().stream()
                    .map(task -> Set.copyOf(task.partitions().keySet()))
                    .collect(Collectors.toSet());
            own.forEach(task ->
                    movements.computeIfAbsent(task, t -> new TaskMovement(of(t, committed), of(t, ends), nowNanos)));
        }
        Map<TopicPartition, Fetched> fetched = fetched(state);
        movements.replaceAll((task, before) -> before.then(of(task, committed), of(task, ends), fetched, nowNanos));
        lag = movementsOfOwn().mapToLong(movement -> movement.lag(ends)).sum();
    }

    private Stream<TaskMovement> movementsOfOwn() {
        return own.stream().flatMap(task -> Stream.ofNullable(movements.get(task)));
    }

    private static Map<TopicPartition, Fetched> fetched(RoleState state) {
        Map<TopicPartition, Fetched> fetched = new HashMap<>();
        if (state instanceof Running running) {
            running.tasks().forEach(task -> fetched.putAll(task.partitions()));
        }
        return fetched;
    }

    private static Map<TopicPartition, Long> of(Set<TopicPartition> task, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> its = new HashMap<>(offsets);
        its.keySet().retainAll(task);
        return its;
    }

    /** How many offsets of its partitions are not committed; the marks of transactions are offsets, too. */
    synchronized long lag() {
        return lag;
    }

    /** Why a role that says this of itself does not do its work; empty if it does. */
    synchronized Optional<String> problem(RoleState state, long nowNanos) {
        if (state instanceof Stopped) {
            return Optional.of("it does not run; the log says why");
        }
        if (state instanceof Rebalancing && lastRunning.isEmpty()) {
            return Optional.of("it has not run yet: it waits for its partitions, or rebuilds its state");
        }
        if (state instanceof Rebalancing && nowNanos - lastRunning.getAsLong() > patience.toNanos()) {
            return Optional.of(
                    "it waits for its partitions, or rebuilds its state, for more than " + patience.toSeconds() + " s");
        }
        Set<String> waiting = movementsOfOwn()
                .filter(movement -> movement.standsStill(patience, lastObserved))
                .flatMap(movement -> movement.waiting().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of("it has committed nothing for more than " + patience.toSeconds()
                        + " s, though there is something to read: " + String.join(", ", waiting));
    }
}
