package io.tickettriage.quarantine;

import io.tickettriage.kafka.SourcePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds records that cannot be read before a role reads them. Compression lets a record of any size through a topic; one that
 * does not fit the heap ends the role wherever it stands, and again after each restart. Here, only the reading of it fails.
 */
public final class ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** More than a role reads between two commits: what has ended it lies no further behind the committed offset. */
    private static final int RECORDS_PER_PARTITION = 10_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /** Reads with consumers that read committed records, at most one a poll, and have no group. */
    public ReadAhead(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** The positions that cannot be read, with the reason, among the next records of a role. */
    public Map<SourcePosition, String> unreadable(Collection<String> topics, Map<TopicPartition, Long> committed) {
        Map<SourcePosition, String> unreadable = new HashMap<>();
        Instant deadline = Instant.now().plus(TIMEOUT);
        backlog(topics, committed).forEach((partition, range) -> {
            long next = range.from();
            while (next < range.to() && Instant.now().isBefore(deadline)) {
                next = read(partition, new Range(next, range.to()), deadline, unreadable);
            }
        });
        return unreadable;
    }

    /** The offsets {@code from … to − 1}. */
    private record Range(long from, long to) {}

    private Map<TopicPartition, Range> backlog(Collection<String> topics, Map<TopicPartition, Long> committed) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Set<TopicPartition> partitions = new HashSet<>(committed.keySet());
            for (String topic : topics) {
                consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            }
            consumer.assign(partitions); // It warns of offsets of partitions that it has not.
            Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Range> ranges = new HashMap<>();
            consumer.endOffsets(partitions).forEach((partition, end) -> {
                long from = Math.max(begin.getOrDefault(partition, 0L), committed.getOrDefault(partition, 0L));
                ranges.put(partition, new Range(from, Math.min(end, from + RECORDS_PER_PARTITION)));
            });
            return ranges;
        }
    }

    /** Reads on to the end, or to the first record that cannot be read, which it notes; returns where to go on. */
    private long read(TopicPartition partition, Range range, Instant deadline, Map<SourcePosition, String> unreadable) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, range.from());
            long position = range.from();
            try {
                while (position < range.to() && Instant.now().isBefore(deadline)) {
                    consumer.poll(POLL);
                    position = consumer.position(partition);
                }
                return position;
            } catch (OutOfMemoryError e) {
                var place = new SourcePosition(partition.topic(), partition.partition(), position);
                LOG.error("{} cannot be read, so it is passed by: {}", place, e.toString());
                unreadable.put(place, "cannot be read: " + e);
                return position + 1;
            }
        }
    }
}
