package io.tickettriage.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.SourcePosition;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes one record and waits until the topic has acknowledged it. For use by several threads; it owns the producer. */
record DeskWriter(Producer<byte[], byte[]> producer) implements AutoCloseable {
    /** How long to wait; the producer's own delivery timeout should be shorter. */
    static final Duration TIMEOUT = Duration.ofSeconds(8);

    SourcePosition write(ProducerRecord<byte[], byte[]> record) throws NotAcknowledgedException {
        try {
            RecordMetadata written = producer.send(record).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return new SourcePosition(written.topic(), written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw new NotAcknowledgedException(record.topic(), e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw new NotAcknowledgedException(record.topic(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledgedException(record.topic(), e);
        }
    }

    static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
