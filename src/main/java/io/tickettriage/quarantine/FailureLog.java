package io.tickettriage.quarantine;

import io.tickettriage.kafka.SourcePosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How often each position has ended the role, kept where every instance can read it: in the committed offsets of a consumer
 * group without members, one position per partition, with the number and the reason as metadata. A partition is read in
 * order, so no more than one position can be the next to fail.
 */
public final class FailureLog {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    // Brokers refuse metadata of more than 4,096 bytes.
    private static final int MAX_REASON_LENGTH = 500;

    private final Supplier<Admin> admins;
    private final String roleGroup;
    private final String group;

    /** The log of the role with that application id; {@code admins} makes a client for each access, for they are rare. */
    public FailureLog(Supplier<Admin> admins, String applicationId) {
        this.admins = admins;
        this.roleGroup = applicationId;
        this.group = applicationId + "-failures";
    }

    /** A position that has ended the role {@code times} times, the last time for {@code reason}. */
    record Failure(SourcePosition position, int times, String reason) {}

    /** The failures by partition; throws a {@link KafkaException} if the cluster does not answer. */
    Map<TopicPartition, Failure> read() {
        try (Admin admin = admins.get()) {
            Map<TopicPartition, Failure> failures = new HashMap<>();
            await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> failures.put(partition, failure(partition, offset)));
            return failures;
        }
    }

    /** The offsets that the role has committed, by partition. */
    public Map<TopicPartition, Long> committed() {
        try (Admin admin = admins.get()) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            await(admin.listConsumerGroupOffsets(roleGroup).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> committed.put(partition, offset.offset()));
            return committed;
        }
    }

    /** Counts one more failure at a position. */
    Failure add(SourcePosition position, String reason) {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        Failure before = read().get(partition);
        int times = before != null && before.position().equals(position) ? before.times() + 1 : 1;
        String shortReason = reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH);
        OffsetAndMetadata entry = new OffsetAndMetadata(position.offset(), times + " " + shortReason);
        try (Admin admin = admins.get()) {
            await(admin.alterConsumerGroupOffsets(group, Map.of(partition, entry))
                    .all());
        }
        return new Failure(position, times, shortReason);
    }

    private static Failure failure(TopicPartition partition, OffsetAndMetadata offset) {
        String[] parts = offset.metadata().split(" ", 2);
        var position = new SourcePosition(partition.topic(), partition.partition(), offset.offset());
        return parts.length == 2 && parts[0].matches("\\d{1,9}")
                ? new Failure(position, Integer.parseInt(parts[0]), parts[1])
                : new Failure(position, 0, "");
    }

    /** The answer about the groups, whose names begin alike. */
    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            String problem = e.getCause() == null
                    ? "no answer within " + TIMEOUT.toSeconds() + " s"
                    : e.getCause().getMessage();
            throw new KafkaException("the offsets of " + roleGroup + " and " + group + ": " + problem, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
