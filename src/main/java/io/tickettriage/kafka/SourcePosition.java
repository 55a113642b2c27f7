package io.tickettriage.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record was read; as text {@code topic-partition@offset}, as in the log. */
public record SourcePosition(String topic, int partition, long offset) {
    /** The position of a record. */
    public static SourcePosition of(ConsumerRecord<?, ?> record) {
        return new SourcePosition(record.topic(), record.partition(), record.offset());
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
