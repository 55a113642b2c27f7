package io.tickettriage.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what topics hold now, once, without a group.
 *
 * <p>Where reading ends is told by the consumer's position, not by the last record: transaction markers take offsets that
 * no record has.
 */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private TopicReader() {}

    /** Takes the records that were read. */
    public interface RecordReader extends java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> {}

    /** All partitions of a topic; none if it does not exist. */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Hands over every record of a topic from a time on; leaves the topic's partitions assigned. */
    public static void readSince(Consumer<byte[], byte[]> consumer, String topic, Instant since, RecordReader reader) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        offsetsAt(consumer, since, ends).forEach(consumer::seek);
        readTo(consumer, ends, reader);
    }

    /** Hands over every record between the consumer's positions and the ends that its partitions have now. */
    public static void readToEnd(Consumer<byte[], byte[]> consumer, RecordReader reader) {
        readTo(consumer, consumer.endOffsets(consumer.assignment()), reader);
    }

    /** Hands over the records of one partition from one offset up to, and without, another. */
    public static void readRange(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to, RecordReader reader) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        readTo(consumer, Map.of(partition, to), record -> {
            if (record.offset() < to) {
                reader.accept(record);
            }
        });
    }

    /** The first offset at or after a time, in each partition; its end where no record is that late. */
    public static Map<TopicPartition, Long> offsetsAt(
            Consumer<?, ?> consumer, Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>(ends);
        times.replaceAll((partition, end) -> time.toEpochMilli());
        Map<TopicPartition, Long> offsets = new HashMap<>(ends);
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    private static void readTo(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, RecordReader reader) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(reader);
        }
    }
}
