package io.tickettriage.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of Kafka Streams that has {@link TakenBackTransactions} repeated. */
class RepeatingProducer extends KafkaProducer<byte[], byte[]> {
    private final TakenBackTransactions takenBack;

    RepeatingProducer(Map<String, Object> config, TakenBackTransactions takenBack) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.takenBack = takenBack;
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        try {
            super.sendOffsetsToTransaction(offsets, group);
        } catch (KafkaException e) {
            throw takenBack.afterFailure(e);
        }
    }

    @Override
    public void commitTransaction() {
        try {
            commit();
        } catch (KafkaException e) {
            throw takenBack.afterFailure(e);
        }
    }

    /** Sends the commit; a test may be slow with it. */
    void commit() {
        super.commitTransaction();
    }

    @Override
    public void abortTransaction() {
        try {
            super.abortTransaction();
        } catch (KafkaException e) {
            throw takenBack.afterFailedAbort(e);
        }
    }
}
