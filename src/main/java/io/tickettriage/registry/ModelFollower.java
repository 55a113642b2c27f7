package io.tickettriage.registry;

import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an instance's model the one that {@code tickets.models} names: reads, validates, rehearses, swaps one reference.
 *
 * <p>It starts with the model that {@code active} names; if that is bad, with the newest good one that {@code shadow} does
 * not name; else, and where {@code active} names none, the one it was given scores. A bad artifact changes nothing: the
 * listener is called and one log line says where it lies and why. Runs on a daemon thread of its own, which outlives any
 * failure: it tries again after growing pauses.
 */
public final class ModelFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
    private static final Duration BETWEEN_TOPIC_CHECKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);
    private static final int ATTEMPTS_AT_A_RECORD = 3;

    /** Observes models, for meters. Called on the follower's thread. */
    public interface Listener {
        /** A model scores from now on. */
        void activated(TicketModel model);

        /** A record was refused; {@code version} is its key, or the name that a pointer has. */
        void refused(String version);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final ModelSelection selection;
    private final InstantSource clock;
    private final RetryPauses pauses = new RetryPauses();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "model-follower");

    private volatile Optional<String> failure = Optional.empty();
    /** When the turn that lasts began. */
    private volatile Instant turn = Instant.MAX;

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
        this.consumer = consumer;
        this.topic = topic;
        this.selection = selection;
        this.clock = clock;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, e) -> {
            failure = Optional.of("the model follower has ended: " + e);
            LOG.error("the model follower has ended; later models are ignored until the process is restarted", e);
        });
    }

    /** Starts to follow. */
    public void start() {
        turn = clock.instant();
        thread.start();
    }

    /** Whether what was in the topic at the start has been acted on. */
    public boolean hasCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Why later models do not arrive now, empty while they do: the topic cannot be read, nothing has happened for a minute, or
     * the thread has ended, which it should not. Safe for use by several threads.
     */
    public Optional<String> problem() {
        Instant began = turn;
        if (failure.isEmpty() && isOpen() && clock.instant().isAfter(later(began))) {
            return Optional.of("the model follower has been busy since " + began);
        }
        return failure;
    }

    private static Instant later(Instant began) {
        return began.equals(Instant.MAX) ? began : began.plus(LONGEST_TURN);
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void follow() {
        try (consumer) {
            ModelTopic models = new ModelTopic(consumer, topic, selection::refused);
            while (isOpen()) {
                turn = clock.instant();
                try {
                    takeTurn(models);
                    failure = Optional.empty();
                    pauses.reset();
                } catch (WakeupException e) {
                    LOG.debug("woken up to close");
                } catch (Throwable e) { // Nothing that is on the topic, nor the want of memory, may end this thread.
                    pauseAfter(e);
                }
            }
        }
    }

    private void takeTurn(ModelTopic models) {
        Instant now = clock.instant();
        if (failure.isPresent() || now.isAfter(topicSeen.plus(BETWEEN_TOPIC_CHECKS))) {
            // A poll does not say that a topic is gone: it asks for it thousands of times a second and returns nothing.
            models.requireTopic();
            topicSeen = now;
        }
        readNext(models);
        if (!models.isCaughtUp()) {
            return;
        }
        if (hasCaughtUp()) {
            selection.follow(models);
        } else {
            selection.begin(models);
            caughtUp.countDown();
        }
    }

    private void readNext(ModelTopic models) {
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

    private void pauseAfter(Throwable e) {
        String cause = e instanceof KafkaException ? String.valueOf(e.getMessage()) : e.toString();
        failure = Optional.of("cannot follow " + topic + ": " + cause);
        Duration pause = pauses.next();
        if (pauses.isWorthALine(cause, clock.instant())) {
            String active = selection.current().version();
            LOG.warn(
                    "cannot follow {}: {}; model {} stays active, next attempt in {} ms",
                    topic,
                    cause,
                    active,
                    pause.toMillis());
        }
        try {
            boolean unused = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            LOG.debug("the pause was cut short; only close() ends this thread", interrupted);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
