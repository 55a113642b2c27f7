package io.tickettriage.verify;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the workload at a steady rate, on a thread of its own, and whatever else is to be sent. A send that fails is counted and
 * not repeated: what is on the topic is what was sent.
 */
final class Traffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final TicketWorkload workload;
    private final long intervalNanos;
    private final AtomicInteger failures = new AtomicInteger();
    private final Thread thread = new Thread(this::sendWorkload, "workload");
    private volatile boolean ended;

    Traffic(Clients clients, TicketWorkload workload, int ticketsPerSecond) {
        this.producer = clients.newProducer();
        this.workload = workload;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / ticketsPerSecond;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void sendWorkload() {
        long next = System.nanoTime();
        while (!ended) {
            send(workload.next());
            next += intervalNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** Hands records to the producer, whatever becomes of them. */
    void send(List<ProducerRecord<byte[], byte[]>> records) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            var unused = producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failures.incrementAndGet();
                    LOG.warn("a record for {} was not sent: {}", record.topic(), e.toString());
                }
            });
        }
    }

    /** How many sends failed. */
    int failures() {
        return failures.get();
    }

    /** Ends the workload; returns once everything is acknowledged or has failed. */
    void end() throws InterruptedException {
        ended = true;
        thread.join();
        producer.flush();
    }

    @Override
    public void close() {
        ended = true;
        producer.close(java.time.Duration.ZERO);
    }
}
