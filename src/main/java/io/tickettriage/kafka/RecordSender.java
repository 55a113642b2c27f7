package io.tickettriage.kafka;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records and fails loudly: an asynchronous failure is thrown by the next {@link #send} or {@link #flush}, never lost.
 *
 * <p>After a failure nothing more is sent. The producer is not closed here.
 */
public final class RecordSender {
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;

    /** Sends with {@code producer}, which should be idempotent and acknowledged by all. */
    public RecordSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Hands a record to the producer; throws a {@link SendFailedException} if an earlier one could not be sent. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        failIfFailed();
        Future<RecordMetadata> unused = producer.send(record, (metadata, e) -> failure.compareAndSet(null, e));
        sent++;
    }

    /** Waits until every record is acknowledged; throws a {@link SendFailedException} if one could not be sent. */
    public void flush() {
        producer.flush();
        failIfFailed();
    }

    /** How many records were handed over. */
    public long sent() {
        return sent;
    }

    private void failIfFailed() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new SendFailedException(failed);
        }
    }

    /** A record could not be sent; the message is the broker's or the client's. */
    public static final class SendFailedException extends KafkaException {
        SendFailedException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
