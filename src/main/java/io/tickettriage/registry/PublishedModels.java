package io.tickettriage.registry;

import io.tickettriage.registry.ModelTopic.Pointer;
import io.tickettriage.registry.ModelTopic.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of {@code tickets.models}: what was published when it was last read. */
public final class PublishedModels {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedModels.class);

    private final ModelTopic models;

    /** Reads the topic to its end. The consumer reads committed records; it is not closed here. */
    public PublishedModels(Consumer<byte[], byte[]> consumer, String topic) {
        this.models = new ModelTopic(
                consumer, topic, (at, what, reason) -> LOG.warn("{} at {} is not used: {}", what, at, reason));
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
        return models.stored(version).flatMap(models::read);
    }

    /** The version that is active; empty where instances score with the model in the program. */
    public Optional<String> active() {
        return models.active().map(Pointer::version);
    }

    /** The version in the shadow. */
    public Optional<String> shadow() {
        return models.shadow().map(Pointer::version);
    }

    /** The version that was published before the active one; empty where the model in the program scores. */
    public Optional<String> previous() {
        List<String> versions = new ArrayList<>(models.artifacts().keySet());
        shadow().ifPresent(versions::remove);
        int place = active().map(versions::indexOf).orElse(0);
        return place > 0 ? Optional.of(versions.get(place - 1)) : Optional.empty();
    }

    /** The versions, oldest first. */
    List<String> versions() {
        return List.copyOf(models.artifacts().keySet());
    }

    Optional<String> sha256(String version) {
        return models.stored(version).map(Stored::sha256);
    }

    /** Reads what was written since, up to the record at an offset. */
    void readThrough(long offset) {
        models.readThrough(offset);
    }
}
