package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.artifact.Checksum;
import io.tickettriage.model.artifact.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * What operators change on {@code tickets.models}: publish, activate. Each change is one transaction, and all writers share
 * one {@link #transactionalId}: whoever connects last fences the others, so what a writer read before it wrote still holds.
 */
public final class ModelRegistry {
    /** How many artifacts the topic keeps, besides those a pointer names. */
    public static final int KEPT_ARTIFACTS = 20;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final PublishedModels published;

    /** Another writer has connected since; nothing was changed. */
    public static final class SupersededException extends RuntimeException {
        SupersededException(KafkaException cause) {
            super(
                    "another command changes the published models at this moment; nothing was changed, run it again",
                    cause);
        }
    }

    /** The {@code transactional.id} that every writer's producer must have. */
    public static String transactionalId(TopicNames names) {
        return names.prefix() + "ticket-triage-models";
    }

    /** Fences all other writers, then reads what is there. Neither client is closed here. */
    public ModelRegistry(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, String topic) {
        this.producer = producer;
        this.topic = topic;
        producer.initTransactions();
        this.published = new PublishedModels(consumer, topic);
    }

    /** What is published now. */
    public PublishedModels published() {
        return published;
    }

    /**
     * Writes an artifact, the pointer to it, and the tombstones of the oldest that no pointer names.
     *
     * @throws IllegalArgumentException if it may not be called so, or another model is
     */
    public void publish(String version, byte[] artifact, boolean asShadow) {
        VersionName.problem(version).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        String sha256 = Checksum.of(artifact);
        published.sha256(version).filter(other -> !other.equals(sha256)).ifPresent(other -> {
            throw new IllegalArgumentException("another model is published as " + version + " (sha256 " + other
                    + ", this one has " + sha256 + "); a version names one model for ever");
        });
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(record(version, artifact));
        records.add(pointer(asShadow ? VersionName.SHADOW : VersionName.ACTIVE, version, sha256));
        Set<String> named = Stream.concat(
                        Stream.of(version), (asShadow ? published.active() : published.shadow()).stream())
                .collect(Collectors.toSet());
        List<String> others = published.versions().stream()
                .filter(other -> !other.equals(version))
                .toList();
        others.stream()
                .filter(other -> !named.contains(other))
                .limit(Math.max(0, others.size() + 1 - KEPT_ARTIFACTS))
                .forEach(oldest -> records.add(record(oldest, null)));
        write(records);
    }

    /**
     * Makes a published version active; if it was the shadow, there is none afterwards.
     *
     * @throws IllegalArgumentException if it is not published
     */
    public void activate(String version) {
        Optional<String> sha256 = published.sha256(version);
        if (sha256.isEmpty()) {
            throw new IllegalArgumentException("no model " + version + " is published (there are: "
                    + String.join(", ", published.versions()) + ")");
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(pointer(VersionName.ACTIVE, version, sha256.get()));
        if (published.shadow().equals(Optional.of(version))) {
            records.add(record(VersionName.SHADOW, null));
        }
        write(records);
    }

    /** Makes no published model active: every instance scores with the model in its program. */
    public void activateBuiltIn() {
        write(List.of(record(VersionName.ACTIVE, null)));
    }

    private ProducerRecord<byte[], byte[]> pointer(String pointer, String version, String sha256) {
        ProducerRecord<byte[], byte[]> record = record(pointer, version.getBytes(UTF_8));
        record.headers().add(HeaderNames.MODEL_SHA256, sha256.getBytes(UTF_8));
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value);
    }

    /** Writes all records or none. */
    private void write(List<ProducerRecord<byte[], byte[]>> records) {
        AtomicLong last = new AtomicLong(-1);
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                // What cannot be sent fails the commit.
                var unused = producer.send(record, (sent, e) -> last.set(sent == null ? -1 : sent.offset()));
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw isFenced(e) ? new SupersededException(e) : e;
        }
        // The commit is decided, but readers see it a moment later.
        published.readThrough(last.get());
    }

    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            // A fenced producer cannot; the broker aborts what it has begun.
            cause.addSuppressed(e);
        }
    }

    private static boolean isFenced(Throwable e) {
        return e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || (e.getCause() != null && isFenced(e.getCause()));
    }
}
