package io.tickettriage.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where a record was read; as text {@code topic-partition@offset}, as in the log. */
public record SourcePosition(String topic, int partition, long offset) {
    /** The position of a record. */
    public static SourcePosition of(ConsumerRecord<?, ?> record) {
        return new SourcePosition(record.topic(), record.partition(), record.offset());
    }

    /** The position of the record that a processor is processing. */
    public static SourcePosition of(ProcessingContext context) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        return new SourcePosition(metadata.topic(), metadata.partition(), metadata.offset());
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
