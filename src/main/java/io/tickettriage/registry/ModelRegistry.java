package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.RecordSender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What operators do with {@code tickets.models}: publish, list, activate. A failed write is thrown, never lost. */
public final class ModelRegistry {
    /** How many artifacts the topic keeps, besides those a pointer names. */
    public static final int KEPT_ARTIFACTS = 20;

    private final RecordSender sender;
    private final String topic;
    private final ModelTopic models;

    /** What is on the topic now. The producer is idempotent, the consumer reads committed records; neither is closed here. */
    public ModelRegistry(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, String topic) {
        this.sender = new RecordSender(producer);
        this.topic = topic;
        this.models = new ModelTopic(consumer, topic);
        models.readToEnd();
    }

    /** A published model. */
    public record Published(String version, Instant publishedAt, int bytes, boolean active, boolean shadow) {}

    /** The published models, oldest first. */
    public List<Published> list() {
        List<Published> list = new ArrayList<>();
        models.artifacts().forEach((version, stored) -> {
            Instant publishedAt = Instant.ofEpochMilli(stored.timestamp());
            boolean active = models.isActive(version);
            list.add(new Published(version, publishedAt, stored.bytes(), active, models.isShadow(version)));
        });
        return list;
    }

    /** The bytes of a published artifact. */
    public Optional<byte[]> artifact(String version) {
        return models.artifact(version);
    }

    /** The version that {@code shadow} names. */
    public Optional<String> shadow() {
        return models.shadow();
    }

    /** Writes an artifact, then the pointer to it, then the tombstones of the oldest. */
    public void publish(String version, byte[] artifact, boolean asShadow) {
        send(version, artifact);
        point(asShadow ? ModelTopic.SHADOW : ModelTopic.ACTIVE, version);
        models.readToEnd();
        Set<String> versions = models.artifacts().keySet();
        versions.stream()
                .filter(old -> !models.isActive(old) && !models.isShadow(old))
                .limit(Math.max(0, versions.size() - KEPT_ARTIFACTS))
                .forEach(old -> send(old, null));
        models.readToEnd();
    }

    /** Makes a published version active; if it was the shadow, there is none afterwards. */
    public void activate(String version) {
        Set<String> published = models.artifacts().keySet();
        if (!published.contains(version)) {
            throw new IllegalArgumentException(
                    "no model " + version + " is published (there are: " + String.join(", ", published) + ")");
        }
        point(ModelTopic.ACTIVE, version);
        if (models.isShadow(version)) {
            send(ModelTopic.SHADOW, null);
        }
        models.readToEnd();
    }

    /** The version that was published before the active one. */
    public Optional<String> previous() {
        List<String> versions = new ArrayList<>(models.artifacts().keySet());
        models.shadow().ifPresent(versions::remove);
        int active = models.active().map(versions::indexOf).orElse(versions.size());
        return active > 0 ? Optional.of(versions.get(active - 1)) : Optional.empty();
    }

    private void point(String pointer, String version) {
        send(pointer, version.getBytes(UTF_8));
    }

    private void send(String key, byte @Nullable [] value) {
        sender.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value));
        // A pointer must not be written before its artifact is safe.
        sender.flush();
    }
}
