package io.tickettriage.service;

import io.tickettriage.service.RoleState.Fetched;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * When a task last moved, and where it stood then.
 *
 * <p>Records to read are those that were fetched and not committed, and those that have arrived since the last commit and
 * were not fetched. An end beyond the committed offset says nothing by itself: Kafka Streams does not commit the marks of
 * transactions that are behind the last record, nor records that were taken back.
 *
 * @param committed where it stood; without partitions of which it has committed nothing
 * @param ends where its partitions ended then
 * @param waiting its partitions that have records to read, in words
 * @param atNanos when it last moved, or had nothing to read
 */
record TaskMovement(
        Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends, SortedSet<String> waiting, long atNanos) {
    private static final Fetched NOTHING = new Fetched(0, false);

    /** A task that has moved. */
    TaskMovement(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends, long atNanos) {
        this(committed, ends, new TreeSet<>(), atNanos);
    }

    /** The same task later. */
    TaskMovement then(
            Map<TopicPartition, Long> committedNow,
            Map<TopicPartition, Long> endsNow,
            Map<TopicPartition, Fetched> fetched,
            long nowNanos) {
        if (!committedNow.equals(committed)) {
            return new TaskMovement(committedNow, endsNow, nowNanos);
        }
        SortedSet<String> stillWaiting = new TreeSet<>();
        endsNow.forEach((partition, end) -> {
            long next = committed.getOrDefault(partition, 0L);
            Fetched its = fetched.getOrDefault(partition, NOTHING);
            boolean hasArrived = end > ends.getOrDefault(partition, end) && !its.all();
            if (next < end && (its.next() > next || hasArrived)) {
                stillWaiting.add(partition + " at " + next + " of " + end);
            }
        });
        return new TaskMovement(committed, ends, stillWaiting, stillWaiting.isEmpty() ? nowNanos : atNanos);
    }

    /** How many offsets it has not committed; of a partition of which it never has, those since it was first seen. */
    long lag(Map<TopicPartition, Long> endsNow) {
        return ends.entrySet().stream()
                .mapToLong(end ->
                        endsNow.getOrDefault(end.getKey(), 0L) - committed.getOrDefault(end.getKey(), end.getValue()))
                .map(offsets -> Math.max(0, offsets))
                .sum();
    }

    /** Whether it has records to read, and has committed none for longer than {@code patience}. */
    boolean standsStill(Duration patience, long nowNanos) {
        return !waiting.isEmpty() && nowNanos - atNanos > patience.toNanos();
    }
}
