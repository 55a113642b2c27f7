package io.tickettriage.quarantine;

import io.tickettriage.kafka.SourcePosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that does not read what cannot be read: in its place it returns an empty record of the same position, which
 * {@link GuardedProcessor} takes for what it is. It must be set to return one record a poll, so that it never reads past
 * such a position.
 */
final class SkippingConsumer extends KafkaConsumer<byte[], byte[]> {
    private final Set<SourcePosition> unreadable;

    SkippingConsumer(Map<String, Object> config, Set<SourcePosition> unreadable) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.unreadable = unreadable;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        for (SourcePosition position : unreadable) {
            TopicPartition partition = new TopicPartition(position.topic(), position.partition());
            if (isNext(partition, position.offset())) {
                long next = position.offset() + 1;
                seek(partition, next);
                ConsumerRecord<byte[], byte[]> empty =
                        new ConsumerRecord<>(position.topic(), position.partition(), position.offset(), null, null);
                return new ConsumerRecords<>(
                        Map.of(partition, List.of(empty)), Map.of(partition, new OffsetAndMetadata(next)));
            }
        }
        return super.poll(timeout);
    }

    private boolean isNext(TopicPartition partition, long offset) {
        if (!assignment().contains(partition) || paused().contains(partition)) {
            return false;
        }
        try {
            return position(partition, Duration.ZERO) == offset;
        } catch (TimeoutException e) {
            return false; // Its position is not known yet; the poll asks for it.
        }
    }
}
