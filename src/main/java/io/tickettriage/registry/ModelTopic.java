package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.TopicReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A reader of {@code tickets.models} that remembers where each artifact is, not what is in it: twenty artifacts would
 * not fit the memory of an instance. Not safe for use by several threads.
 *
 * <p>The consumer must read committed records, one or few a poll.
 */
final class ModelTopic {
    // The keys whose values name the version that scores, and the one that scores beside it.
    static final String ACTIVE = "active";
    static final String SHADOW = "shadow";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    // By version, oldest first.
    private final Map<String, Stored> artifacts = new LinkedHashMap<>();
    private Optional<String> active = Optional.empty();
    private Optional<String> shadow = Optional.empty();

    /** Where an artifact is, how large, and when it was written (milliseconds of the epoch). */
    record Stored(long offset, int bytes, long timestamp) {}

    ModelTopic(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    void readToEnd() {
        TopicReader.readToEnd(consumer, this::apply);
    }

    /** Reads what has arrived, waiting a moment for it; says whether a pointer was among it. */
    boolean readNext() {
        boolean pointer = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            pointer |= apply(record);
        }
        return pointer;
    }

    private boolean apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return false;
        }
        String key = new String(record.key(), UTF_8);
        Optional<String> named = Optional.ofNullable(record.value()).map(v -> new String(v, UTF_8).strip());
        switch (key) {
            case ACTIVE -> active = named;
            case SHADOW -> shadow = named;
            default -> {
                artifacts.remove(key);
                if (record.value() != null) {
                    artifacts.put(key, new Stored(record.offset(), record.value().length, record.timestamp()));
                }
                return false;
            }
        }
        return true;
    }

    /** The bytes of an artifact; empty if it is not there. The consumer's position stays where it was. */
    Optional<byte[]> artifact(String version) {
        Stored stored = artifacts.get(version);
        if (stored == null) {
            return Optional.empty();
        }
        long position = consumer.position(partition);
        try {
            consumer.seek(partition, stored.offset());
            while (consumer.position(partition) <= stored.offset()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() == stored.offset()) {
                        return Optional.ofNullable(record.value());
                    }
                }
            }
            return Optional.empty();
        } finally {
            consumer.seek(partition, position);
        }
    }

    /** The versions there are, oldest first. */
    Map<String, Stored> artifacts() {
        return new LinkedHashMap<>(artifacts);
    }

    boolean isActive(String version) {
        return active.equals(Optional.of(version));
    }

    boolean isShadow(String version) {
        return shadow.equals(Optional.of(version));
    }

    Optional<String> active() {
        return active;
    }

    Optional<String> shadow() {
        return shadow;
    }
}
