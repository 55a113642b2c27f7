package io.tickettriage.quarantine;

import io.tickettriage.kafka.SourcePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
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
    /** A cluster in trouble must not hold up the start: what is not found now, the next start finds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int RECORDS_PER_POLL = 500;
    /** More than a role reads between two commits: what has ended it lies no further behind the committed offset. */
    private static final int RECORDS_PER_PARTITION = 10_000;

    private final IntFunction<Consumer<byte[], byte[]>> consumers;

    /** Reads with consumers without a group that return at most the given number of records a poll. */
    public ReadAhead(IntFunction<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** The positions that cannot be read, with the reason, among the next records of a role. */
    public Map<SourcePosition, String> unreadable(Collection<String> topics, Map<TopicPartition, Long> committed) {
        Map<SourcePosition, String> unreadable = new HashMap<>();
        Instant deadline = Instant.now().plus(TIMEOUT);
        backlog(topics, committed).forEach((partition, range) -> {
            long next = range.from();
            int recordsPerPoll = RECORDS_PER_POLL;
            while (next < range.to() && Instant.now().isBefore(deadline)) {
                Reading reading = read(partition, new Range(next, range.to()), recordsPerPoll, deadline);
                next = reading.position();
                if (reading.failure().isPresent() && recordsPerPoll == 1) {
                    var place = new SourcePosition(partition.topic(), partition.partition(), next);
                    LOG.error(
                            "{} cannot be read, so it is passed by: {}",
                            place,
                            reading.failure().get());
                    unreadable.put(place, "cannot be read: " + reading.failure().get());
                    next++;
                }
                // Which of many records it was shows when they are read one by one.
                recordsPerPoll = reading.failure().isPresent() ? 1 : RECORDS_PER_POLL;
            }
        });
        return unreadable;
    }

    /** The offsets {@code from … to − 1}. */
    private record Range(long from, long to) {}

    private Map<TopicPartition, Range> backlog(Collection<String> topics, Map<TopicPartition, Long> committed) {
        try (Consumer<byte[], byte[]> consumer = consumers.apply(RECORDS_PER_POLL)) {
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

    /** How far the reading has come, and what has ended it if it was not the end of the range. */
    private record Reading(long position, Optional<String> failure) {}

    private Reading read(TopicPartition partition, Range range, int recordsPerPoll, Instant deadline) {
        long position = range.from();
        try (Consumer<byte[], byte[]> consumer = consumers.apply(recordsPerPoll)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, range.from());
            while (position < range.to() && Instant.now().isBefore(deadline)) {
                consumer.poll(POLL);
                position = consumer.position(partition);
            }
            return new Reading(position, Optional.empty());
        } catch (OutOfMemoryError e) {
            return new Reading(position, Optional.of(e.toString()));
        }
    }
}
