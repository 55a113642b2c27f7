package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A models topic in memory that can be read again from any offset, and whose polls can be made to fail. */
final class ScriptedModelTopic extends MockConsumer<byte[], byte[]> {
    static final String NAME = "tickets.models";
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final byte[] UNREADABLE = new byte[0];

    private final List<ConsumerRecord<byte[], byte[]>> log = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore arrivals = new Semaphore(0);

    ScriptedModelTopic() {
        super("earliest");
        updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    void add(String key, byte @Nullable [] value) {
        log.add(new ConsumerRecord<>(NAME, 0, log.size(), key.getBytes(UTF_8), value));
        arrivals.release();
    }

    /** Adds an artifact and makes it active. */
    void publish(String version, byte[] artifact) {
        add(version, artifact);
        add("active", version.getBytes(UTF_8));
    }

    /** Adds a record that takes more memory than there is, each time it is polled. */
    void addUnreadable() {
        add("unreadable", UNREADABLE);
    }

    /** Lets the next polls fail, one after another. */
    void failWith(List<RuntimeException> causes) {
        failures.addAll(causes);
        arrivals.release();
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        int offset = (int) position(PARTITION);
        if (offset == log.size() && failures.isEmpty()) {
            awaitArrival(timeout);
        }
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (offset == log.size()) {
            return ConsumerRecords.empty();
        }
        ConsumerRecord<byte[], byte[]> record = log.get(offset);
        if (record.value() == UNREADABLE) {
            throw new OutOfMemoryError("Java heap space");
        }
        seek(PARTITION, offset + 1L);
        return new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of());
    }

    private void awaitArrival(Duration timeout) {
        try {
            boolean unused = arrivals.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return Map.of(PARTITION, (long) log.size());
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return List.of(new PartitionInfo(NAME, 0, null, null, null));
    }
}
