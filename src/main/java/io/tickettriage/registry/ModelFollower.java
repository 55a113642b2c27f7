package io.tickettriage.registry;

import io.tickettriage.kafka.FollowerThread;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Keeps an instance's model the one that {@code tickets.models} names: reads, validates, rehearses, swaps one reference.
 *
 * <p>It starts with the model that {@code active} names; if that is bad, with the newest good one that {@code shadow} does
 * not name; else, and where {@code active} names none, the one it was given scores. A bad artifact changes nothing: the
 * listener is called and one log line says where it lies and why. Runs on a thread of its own, which outlives any
 * failure.
 */
public final class ModelFollower implements AutoCloseable {
    private static final Duration BETWEEN_TOPIC_CHECKS = Duration.ofSeconds(1);
    private static final int ATTEMPTS_AT_A_RECORD = 3;

    /** Observes models, for meters. Called on the follower's thread. */
    public interface Listener {
        /** A model scores from now on. */
        void activated(TicketModel model);

        /** A record was refused; {@code version} is its key, or the name that a pointer has. */
        void refused(String version);
    }

    private final ModelTopic models;
    private final ModelSelection selection;
    private final InstantSource clock;
    private final FollowerThread thread;

    private volatile boolean caughtUp;
    private Instant topicSeen = Instant.MIN;
    private int attempts;

    /** A follower that has not started; it owns the consumer and closes it. */
    public ModelFollower(
            Consumer<byte[], byte[]> consumer,
            String topic,
            ActiveModel activeModel,
            Challenger shadow,
            ModelCheck check,
            Listener listener) {
        this(consumer, topic, new ModelSelection(activeModel, shadow, check, listener), InstantSource.system());
    }

    ModelFollower(Consumer<byte[], byte[]> consumer, String topic, ModelSelection selection, InstantSource clock) {
        this.models = new ModelTopic(consumer, topic, selection::refused);
        this.selection = selection;
        this.clock = clock;
        this.thread = new FollowerThread(
                "model follower",
                consumer,
                "follow " + topic,
                () -> "model " + selection.current().version() + " stays active",
                this::takeTurn,
                clock);
    }

    /** Starts to follow. */
    public void start() {
        thread.start();
    }

    /** Whether what was in the topic at the start has been acted on. */
    public boolean hasCaughtUp() {
        return caughtUp;
    }

    /** Why later models do not arrive now; empty while they do. Safe for use by several threads. */
    public Optional<String> problem() {
        return thread.problem();
    }

    private void takeTurn(boolean afterFailure) {
        Instant now = clock.instant();
        if (afterFailure || now.isAfter(topicSeen.plus(BETWEEN_TOPIC_CHECKS))) {
            // A poll does not say that a topic is gone: it asks for it thousands of times a second and returns nothing.
            models.requireTopic();
            topicSeen = now;
        }
        readNext();
        if (!models.isCaughtUp()) {
            return;
        }
        if (caughtUp) {
            selection.follow(models);
        } else {
            selection.begin(models);
            caughtUp = true;
        }
    }

    private void readNext() {
        try {
            models.readNext();
            attempts = 0;
        } catch (Throwable e) { // Also an error: a record may not fit the heap.
            boolean aboutTheRecord = e instanceof Error || e.getClass().equals(KafkaException.class);
            attempts += aboutTheRecord ? 1 : 0;
            if (attempts < ATTEMPTS_AT_A_RECORD) {
                models.rewind();
                throw e;
            }
            attempts = 0;
            models.passBy("cannot be read: " + e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
