package io.tickettriage.service;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster about topics and groups, with little patience. */
final class ClusterProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Admin admin;

    /** Opens a connection with client settings by Kafka's names. */
    ClusterProbe(Map<String, String> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put("client.id", "triage-health");
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        this.admin = Admin.create(settings);
    }

    /**
     * Asks once.
     *
     * @param partitions of which the ends are wanted, and by group what is committed
     * @throws IOException if there is no answer to a question in time, or a refusal
     */
    ClusterState ask(Collection<String> topics, Map<String, Set<TopicPartition>> partitions) throws IOException {
        SortedSet<String> missing = new TreeSet<>();
        SortedSet<String> leaderless = new TreeSet<>();
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            Optional<TopicDescription> description = answer(topic.getValue(), UnknownTopicOrPartitionException.class);
            description.ifPresentOrElse(
                    found -> leaderless.addAll(leaderless(found)), () -> missing.add(topic.getKey()));
        }
        Set<TopicPartition> readable = new HashSet<>();
        partitions.values().forEach(readable::addAll);
        readable.removeIf(p -> missing.contains(p.topic()) || leaderless.contains(p.toString()));
        return new ClusterState(missing, leaderless, ends(readable), committed(partitions));
    }

    private static Collection<String> leaderless(TopicDescription topic) {
        return topic.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .map(TopicPartitionInfo::partition)
                .map(partition -> new TopicPartition(topic.name(), partition).toString())
                .toList();
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) throws IOException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        ListOffsetsResult asked = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            // A topic may have been deleted since.
            answer(asked.partitionResult(partition), UnknownTopicOrPartitionException.class)
                    .ifPresent(end -> ends.put(partition, end.offset()));
        }
        return ends;
    }

    private Map<String, Map<TopicPartition, Long>> committed(Map<String, Set<TopicPartition>> partitions)
            throws IOException {
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new HashMap<>();
        partitions.forEach((group, its) -> wanted.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(its)));
        var asked = admin.listConsumerGroupOffsets(wanted);
        Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
        for (String group : partitions.keySet()) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            // A group that has never committed does not exist.
            answer(asked.partitionsToOffsetAndMetadata(group), GroupIdNotFoundException.class)
                    .orElse(Map.of())
                    .forEach((partition, offset) -> Optional.ofNullable(offset)
                            .map(OffsetAndMetadata::offset)
                            .ifPresent(o -> offsets.put(partition, o)));
            committed.put(group, offsets);
        }
        return committed;
    }

    /** The answer; empty if it is the one failure that is an answer, too. */
    private static <T> Optional<T> answer(KafkaFuture<T> future, Class<? extends Exception> expected)
            throws IOException {
        try {
            return Optional.ofNullable(future.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (expected.isInstance(cause)) {
                return Optional.empty();
            }
            // A time-out names calls and deadlines of the client, which say no more.
            throw new IOException(
                    cause instanceof org.apache.kafka.common.errors.TimeoutException
                            ? "the client gave up after " + PATIENCE.toSeconds() + " s"
                            : String.valueOf(cause.getMessage()),
                    cause);
        } catch (TimeoutException e) {
            throw new IOException("the client itself does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
