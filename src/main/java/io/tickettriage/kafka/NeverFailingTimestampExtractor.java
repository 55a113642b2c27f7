package io.tickettriage.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's time; where a client sent none (−1), the partition's.
 *
 * <p>The default extractor throws for a negative timestamp and so lets any client stop a stream thread.
 */
public final class NeverFailingTimestampExtractor implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }
}
