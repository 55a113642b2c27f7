package io.tickettriage.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tickettriage.kafka.SourcePosition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which positions one run of a role passes by, and why. Safe for use by several threads. */
public final class Quarantine {
    /** How often a position may end the role before it is passed by. */
    public static final int MAX_FAILURES = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Optional<FailureLog> log;
    private final Set<SourcePosition> unreadable;
    private final Map<SourcePosition, String> reasons = new ConcurrentHashMap<>();

    private Quarantine(Optional<FailureLog> log, Map<SourcePosition, String> unreadable) {
        this.log = log;
        this.unreadable = Set.copyOf(unreadable.keySet());
        reasons.putAll(unreadable);
    }

    /** A quarantine that passes nothing by and remembers nothing. */
    public static Quarantine none() {
        return new Quarantine(Optional.empty(), Map.of());
    }

    /** The quarantine of a run that begins: what has failed too often, and what cannot be read. */
    public static Quarantine of(FailureLog log, Map<SourcePosition, String> unreadable) {
        Quarantine quarantine = new Quarantine(Optional.of(log), unreadable);
        for (FailureLog.Failure failure : log.read().values()) {
            if (failure.times() >= MAX_FAILURES) {
                String reason = "ended the role " + failure.times() + " times, the last time by " + failure.reason();
                quarantine.reasons.put(failure.position(), reason);
            }
        }
        return quarantine;
    }

    /** The positions that must not even be read. */
    public Set<SourcePosition> unreadable() {
        return unreadable;
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }

    /** Why a position is passed by; empty for all others. */
    Optional<String> reason(SourcePosition position) {
        return Optional.ofNullable(reasons.get(position));
    }

    /** Remembers that the record at a position has ended the role, unless its surroundings have. */
    void failed(SourcePosition position, Throwable failure) {
        Throwable root = root(failure);
        if (log.isEmpty() || !isFaultOfTheRecord(root)) {
            return;
        }
        try {
            FailureLog.Failure counted = log.get().add(position, root.toString());
            LOG.error(
                    "{} ends the role: failure {} of {}, then it is passed by: {}",
                    position,
                    counted.times(),
                    MAX_FAILURES,
                    root.toString());
        } catch (KafkaException e) {
            LOG.warn("the failure at {} could not be counted", position, e);
        }
    }

    /** What a broker, a disk or a closing thread causes says nothing about the record that was there at that moment. */
    private static boolean isFaultOfTheRecord(Throwable root) {
        return root instanceof Error
                || root instanceof JsonProcessingException
                || root instanceof RuntimeException && !(root instanceof KafkaException);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
