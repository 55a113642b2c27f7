package io.tickettriage.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;

/** What a role says of itself; {@link RoleProgress} says whether it moves. */
sealed interface RoleState {
    /** It has the partitions of these tasks; none where other instances have them all. */
    record Running(List<Task> tasks) implements RoleState {}

    /** It waits for its partitions, or rebuilds its state. */
    record Rebalancing() implements RoleState {}

    /** It has not started, has failed, or closes. */
    record Stopped() implements RoleState {}

    /** The partitions whose records are processed in turn by one thread. */
    record Task(Map<TopicPartition, Fetched> partitions) {}

    /**
     * What was fetched of a partition.
     *
     * @param next the offset after the last record; 0 where none was
     * @param all whether there was no more a moment ago
     */
    record Fetched(long next, boolean all) {}

    /** The state of a Kafka Streams instance. */
    static RoleState of(KafkaStreams streams) {
        return switch (streams.state()) {
            case RUNNING -> {
                FetchLag lag = FetchLag.of(streams.metrics());
                yield new Running(streams.metadataForLocalThreads().stream()
                        .flatMap(thread -> thread.activeTasks().stream())
                        .map(task -> task(task, lag))
                        .toList());
            }
            case REBALANCING -> new Rebalancing();
            default -> new Stopped();
        };
    }

    private static Task task(TaskMetadata task, FetchLag lag) {
        Map<TopicPartition, Fetched> partitions = new HashMap<>();
        for (TopicPartition partition : task.topicPartitions()) {
            long last = task.endOffsets().getOrDefault(partition, -1L);
            partitions.put(partition, new Fetched(last + 1, lag.isNone(partition)));
        }
        return new Task(partitions);
    }
}
