package io.tickettriage.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Transactions that a broker has taken back by itself, as it may when another one was away for long.
 *
 * <p>A commit that arrives afterwards is answered by {@code INVALID_TXN_STATE} in Kafka 4.3, which ends a thread of Kafka
 * Streams; later brokers say {@code PRODUCER_FENCED} (KAFKA-20785), after which Kafka Streams begins again with a new producer
 * at the committed offsets. Nothing was committed in either case, so the one is said for the other here. Where it happens
 * again and again the broker's own answer stands. Safe for use by several threads.
 */
public final class TakenBackTransactions {
    /** How many may be repeated within {@link #WINDOW}. */
    public static final int MOST_REPEATED = 5;

    static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int LONGEST_CHAIN = 20;

    private final Runnable onRepeated;
    private final LongSupplier nanoTime;
    private final Deque<Long> repeatedAt = new ArrayDeque<>();

    /** Calls {@code onRepeated}, which must not block, for each transaction that is repeated. */
    public TakenBackTransactions(Runnable onRepeated) {
        this(onRepeated, System::nanoTime);
    }

    TakenBackTransactions(Runnable onRepeated, LongSupplier nanoTime) {
        this.onRepeated = onRepeated;
        this.nanoTime = nanoTime;
    }

    /** What to throw where an operation on a transaction has failed: {@code failure} itself, or what has it repeated. */
    KafkaException afterFailure(KafkaException failure) {
        if (!isTakenBack(failure) || !mayBeRepeated()) {
            return failure;
        }
        onRepeated.run();
        return fenced(failure);
    }

    /** The same where there is nothing to repeat. */
    KafkaException afterFailedAbort(KafkaException failure) {
        return isTakenBack(failure) ? fenced(failure) : failure;
    }

    private static ProducerFencedException fenced(KafkaException failure) {
        ProducerFencedException fenced =
                new ProducerFencedException("a broker has taken the transaction back: " + failure.getMessage());
        fenced.initCause(failure);
        return fenced;
    }

    private static boolean isTakenBack(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            if (cause instanceof InvalidTxnStateException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private synchronized boolean mayBeRepeated() {
        long now = nanoTime.getAsLong();
        while (!repeatedAt.isEmpty() && now - repeatedAt.getFirst() > WINDOW.toNanos()) {
            repeatedAt.removeFirst();
        }
        if (repeatedAt.size() >= MOST_REPEATED) {
            return false;
        }
        repeatedAt.addLast(now);
        return true;
    }
}
