package io.tickettriage.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that takes turns with a consumer until it is closed. It outlives any failure: a turn that throws is tried
 * again after growing pauses, logged once a minute, and told by {@link #problem}.
 */
public final class FollowerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerThread.class);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    /** What is done again and again; {@code afterFailure} says that the turn before has failed. */
    public interface Turn {
        void take(boolean afterFailure);
    }

    private final String name;
    private final Consumer<?, ?> consumer;
    private final String task;
    private final Supplier<String> consequence;
    private final Turn turn;
    private final InstantSource clock;
    private final RetryPauses pauses = new RetryPauses();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private volatile Optional<String> failure = Optional.empty();
    /** When the turn that lasts began. */
    private volatile Instant began = Instant.MAX;

    /**
     * A thread that has not started; it owns the consumer and closes it.
     *
     * @param task what it does, to follow "cannot"
     * @param consequence what is so while it cannot
     */
    public FollowerThread(
            String name,
            Consumer<?, ?> consumer,
            String task,
            Supplier<String> consequence,
            Turn turn,
            InstantSource clock) {
        this.name = name;
        this.consumer = consumer;
        this.task = task;
        this.consequence = consequence;
        this.turn = turn;
        this.clock = clock;
        this.thread = new Thread(this::run, name.replace(' ', '-'));
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, e) -> {
            failure = Optional.of("the " + name + " has ended: " + e);
            LOG.error("the {} has ended; only a restart of the process helps", name, e);
        });
    }

    /** Starts to take turns. */
    public void start() {
        began = clock.instant();
        thread.start();
    }

    /**
     * Why the task is not done now, empty while it is: the last turn failed, this one lasts for a minute, or the thread has
     * ended, which it should not. Safe for use by several threads.
     */
    public Optional<String> problem() {
        Instant since = began;
        boolean isLate = !since.equals(Instant.MAX) && clock.instant().isAfter(since.plus(LONGEST_TURN));
        if (failure.isEmpty() && isOpen() && isLate) {
            return Optional.of("the " + name + " has been busy since " + since);
        }
        return failure;
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void run() {
        try (consumer) {
            while (isOpen()) {
                began = clock.instant();
                try {
                    turn.take(failure.isPresent());
                    failure = Optional.empty();
                    pauses.reset();
                } catch (WakeupException e) {
                    LOG.debug("woken up to close");
                } catch (Throwable e) { // Nothing that is on a topic, nor the want of memory, may end this thread.
                    pauseAfter(e);
                }
            }
        }
    }

    private void pauseAfter(Throwable e) {
        String cause = e instanceof KafkaException ? String.valueOf(e.getMessage()) : e.toString();
        failure = Optional.of("cannot " + task + ": " + cause);
        Duration pause = pauses.next();
        if (pauses.isWorthALine(cause, clock.instant())) {
            LOG.warn("cannot {}: {}; {}, next attempt in {} ms", task, cause, consequence.get(), pause.toMillis());
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
