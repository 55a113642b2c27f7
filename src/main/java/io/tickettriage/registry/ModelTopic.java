package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.model.artifact.Checksum;
import io.tickettriage.model.artifact.VersionName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A reader of {@code tickets.models} that remembers where each artifact is, not what is in it: twenty artifacts would
 * not fit the memory of an instance. Records that are neither an artifact nor a pointer are refused and change nothing.
 * Not safe for use by several threads.
 *
 * <p>The consumer must read committed records, one or few a poll.
 */
final class ModelTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_POINTER_BYTES = 100;
    /** Of a flood of artifacts the newest are remembered: fifty times as many as are kept. */
    private static final int MAX_REMEMBERED = 1000;

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Refusals refusals;
    // By version, oldest first.
    private final Map<String, Stored> artifacts = new LinkedHashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private Optional<Pointer> active = Optional.empty();
    private Optional<Pointer> shadow = Optional.empty();
    /** The offset after the last record that was read. */
    private long next;

    private boolean caughtUp;

    /** Is told of each record that is refused, once. */
    interface Refusals {
        void refused(SourcePosition at, String what, String reason);
    }

    /** Where an artifact is, how large, when it was written (milliseconds of the epoch), and its checksum. */
    record Stored(long offset, int bytes, long timestamp, String sha256) {}

    /** A record that names a version, and which artifact of that name its writer meant, if it said so. */
    record Pointer(String version, Optional<String> sha256, long offset) {}

    ModelTopic(Consumer<byte[], byte[]> consumer, String topic, Refusals refusals) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        this.refusals = refusals;
        rewind();
    }

    /**
     * Throws a {@code KafkaException} where the topic does not exist, or nobody answers. One that does not exist is read from
     * the beginning when it is back.
     */
    void requireTopic() {
        if (consumer.partitionsFor(partition.topic(), ANSWER_TIMEOUT).isEmpty()) {
            forgetArtifacts();
            next = 0;
            rewind();
            throw new UnknownTopicOrPartitionException("the topic does not exist");
        }
    }

    /** The pointers stay: that no pointer is there is no order to change the model, as a tombstone is. */
    private void forgetArtifacts() {
        artifacts.clear();
        refused.clear();
        caughtUp = false;
    }

    void readToEnd() {
        TopicReader.readToEnd(consumer, this::apply);
    }

    /** Reads what has arrived, waiting a moment for it. */
    void readNext() {
        consumer.poll(POLL).forEach(this::apply);
    }

    /** Reads until the record at an offset has been read, which is there but may not be visible yet. */
    void readThrough(long offset) {
        Instant deadline = Instant.now().plus(READ_TIMEOUT);
        while (next <= offset) {
            readNext();
            requireBefore(deadline, offset);
        }
    }

    private static void requireBefore(Instant deadline, long offset) {
        if (Instant.now().isAfter(deadline)) {
            throw new TimeoutException("offset " + offset + " was not read within " + READ_TIMEOUT.toSeconds() + " s");
        }
    }

    /** Whether the topic has been read to its end since its beginning: before that, pointers may be out of date. */
    boolean isCaughtUp() {
        if (!caughtUp) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition), ANSWER_TIMEOUT);
            caughtUp = consumer.position(partition, ANSWER_TIMEOUT) >= ends.getOrDefault(partition, 0L);
        }
        return caughtUp;
    }

    /** Drops what the consumer holds in advance, so that the next record is fetched anew after a failure. */
    void rewind() {
        consumer.assign(List.of());
        consumer.assign(List.of(partition));
        if (next == 0) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, next);
        }
    }

    /** Refuses the next record, which cannot be read, and goes on after it. */
    void passBy(String reason) {
        refuse(next, "(unreadable)", reason);
        next++;
        rewind();
    }

    /** Reports that what stands at an offset is not used, and why. */
    void refuse(long offset, String what, String reason) {
        refusals.refused(new SourcePosition(partition.topic(), partition.partition(), offset), what, reason);
    }

    /** Refuses an artifact for good: {@link #isRefused} remembers it. */
    void refuse(Stored artifact, String version, String reason) {
        if (refused.size() >= MAX_REMEMBERED) {
            refused.clear();
        }
        if (refused.add(artifact.offset())) {
            refuse(artifact.offset(), version, reason);
        }
    }

    boolean isRefused(Stored artifact) {
        return refused.contains(artifact.offset());
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() < next) {
            // The topic was deleted and created anew, and the consumer has begun anew, too.
            forgetArtifacts();
        }
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        switch (key) {
            case VersionName.ACTIVE -> active = pointer(record, key, active);
            case VersionName.SHADOW -> shadow = pointer(record, key, shadow);
            default -> {
                if (record.value() == null) {
                    artifacts.remove(key);
                } else {
                    VersionName.problem(key)
                            .ifPresentOrElse(
                                    problem -> refuse(record.offset(), key, problem), () -> store(record, key));
                }
            }
        }
        next = record.offset() + 1;
    }

    /** What a pointer names now: nothing after a tombstone, and what it named before after a value that is no name. */
    private Optional<Pointer> pointer(ConsumerRecord<byte[], byte[]> record, String key, Optional<Pointer> before) {
        if (record.value() == null) {
            return Optional.empty();
        }
        if (record.value().length > MAX_POINTER_BYTES) {
            refuse(record.offset(), key, "names no version: has " + record.value().length + " bytes");
            return before;
        }
        String version = new String(record.value(), UTF_8).strip();
        Optional<String> problem = VersionName.problem(version);
        if (problem.isPresent()) {
            refuse(record.offset(), key, "names no version: " + problem.get());
            return before;
        }
        String sha256 = HeaderNames.text(record.headers(), HeaderNames.MODEL_SHA256);
        return Optional.of(new Pointer(version, Optional.of(sha256).filter(sha -> !sha.isEmpty()), record.offset()));
    }

    private void store(ConsumerRecord<byte[], byte[]> record, String version) {
        String sha256 = Checksum.of(record.value());
        Stored first = artifacts.get(version);
        if (first != null && !first.sha256().equals(sha256)) {
            refuse(
                    record.offset(),
                    version,
                    "another model of that name is published already (sha256 " + first.sha256() + " before, " + sha256
                            + " now); publish it under another name");
            return;
        }
        artifacts.remove(version);
        artifacts.put(version, new Stored(record.offset(), record.value().length, record.timestamp(), sha256));
        if (artifacts.size() > MAX_REMEMBERED) {
            artifacts.keySet().stream()
                    .filter(old -> !isActive(old) && !isShadow(old))
                    .findFirst()
                    .ifPresent(artifacts::remove);
        }
    }

    /** The bytes of an artifact; empty if it is not there any more. The consumer's position stays where it was. */
    Optional<byte[]> read(Stored stored) {
        long position = consumer.position(partition, ANSWER_TIMEOUT);
        Instant deadline = Instant.now().plus(READ_TIMEOUT);
        try {
            consumer.seek(partition, stored.offset());
            while (consumer.position(partition) <= stored.offset()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() == stored.offset()) {
                        return Optional.ofNullable(record.value());
                    }
                }
                requireBefore(deadline, stored.offset());
            }
            return Optional.empty();
        } finally {
            consumer.seek(partition, position);
        }
    }

    /** Where the artifact of a version is. */
    Optional<Stored> stored(String version) {
        return Optional.ofNullable(artifacts.get(version));
    }

    /** The versions there are, oldest first. */
    Map<String, Stored> artifacts() {
        return new LinkedHashMap<>(artifacts);
    }

    boolean isActive(String version) {
        return active.map(Pointer::version).equals(Optional.of(version));
    }

    boolean isShadow(String version) {
        return shadow.map(Pointer::version).equals(Optional.of(version));
    }

    Optional<Pointer> active() {
        return active;
    }

    Optional<Pointer> shadow() {
        return shadow;
    }
}
