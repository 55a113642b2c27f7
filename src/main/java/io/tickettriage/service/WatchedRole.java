package io.tickettriage.service;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * A role whose progress is watched.
 *
 * @param group under which it commits
 * @param state what it says of itself
 */
record WatchedRole(String title, String group, Supplier<RoleState> state, RoleProgress progress) {
    /** One look at it: what it says now, and the partitions to ask the cluster about. */
    record Look(WatchedRole role, RoleState state, Set<TopicPartition> partitions) {}

    Look look() {
        RoleState now = state.get();
        return new Look(this, now, progress.partitions(now));
    }

    /** Why it does not do its work; empty if it does. */
    Optional<String> problem() {
        return progress.problem(state.get(), System.nanoTime());
    }
}
