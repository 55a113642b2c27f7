package io.tickettriage.cli.replay;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a part of a topic, by the broker's time or by offset. */
final class RangeOptions {
    @Option(names = "--from", paramLabel = "TIME", description = "Not before this time, as 2026-11-20T10:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time. Default: what is there now.")
    private @Nullable Instant to;

    @Option(names = "--from-offset", paramLabel = "N", description = "The first offset, in every partition.")
    private @Nullable Long fromOffset;

    @Option(names = "--to-offset", paramLabel = "N", description = "Before this offset, in every partition.")
    private @Nullable Long toOffset;

    @Option(names = "--partition", paramLabel = "P", description = "Only this partition; repeatable. Default: all.")
    private List<Integer> chosen = new ArrayList<>();

    /** A part of a partition: {@code from} up to, and without, {@code to}. */
    record Range(TopicPartition partition, long from, long to) {}

    /** How the options contradict each other, if they do. */
    Optional<String> problem() {
        if ((from != null && fromOffset != null) || (to != null && toOffset != null)) {
            return Optional.of("give each end of the range as a time or as an offset");
        }
        boolean backwards = (from != null && to != null && !from.isBefore(to))
                || (fromOffset != null && toOffset != null && fromOffset >= toOffset);
        return backwards ? Optional.of("the range ends before it begins") : Optional.empty();
    }

    /** The time before which nothing of the range was written. */
    Instant since() {
        return from == null ? Instant.EPOCH : from;
    }

    /** The range in each partition of a topic, within what the topic holds now; empty parts are left out. */
    List<Range> resolve(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = TopicReader.partitions(consumer, topic);
        for (int partition : chosen) {
            if (!partitions.contains(new TopicPartition(topic, partition))) {
                throw new CommandFailedException("--partition " + partition + ": " + topic + " has the partitions 0 to "
                        + (partitions.size() - 1));
            }
        }
        // Kafka's client warns about offsets of partitions it does not read.
        consumer.assign(partitions);
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = from == null ? oldest : TopicReader.offsetsAt(consumer, from, ends);
        Map<TopicPartition, Long> stops = to == null ? ends : TopicReader.offsetsAt(consumer, to, ends);
        return partitions.stream()
                .filter(partition -> chosen.isEmpty() || chosen.contains(partition.partition()))
                .map(partition -> {
                    long begin = fromOffset == null ? starts.getOrDefault(partition, 0L) : fromOffset;
                    long end = toOffset == null ? stops.getOrDefault(partition, 0L) : toOffset;
                    long first = Math.max(begin, oldest.getOrDefault(partition, 0L));
                    return new Range(partition, first, Math.min(end, ends.getOrDefault(partition, 0L)));
                })
                .filter(range -> range.from() < range.to())
                .toList();
    }
}
