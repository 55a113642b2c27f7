package io.tickettriage.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long to wait after a failure, and whether it is worth a line in the log. Not safe for use by several threads. */
final class RetryPauses {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final int REMEMBERED_CAUSES = 100;

    private final Map<String, Instant> lines = new LinkedHashMap<>();
    private Duration pause = FIRST;

    /** The pause after another failure: twice the one before, up to half a minute. */
    Duration next() {
        Duration now = pause;
        pause = pause.compareTo(LONGEST.dividedBy(2)) < 0 ? pause.multipliedBy(2) : LONGEST;
        return now;
    }

    /** After a success the pauses begin anew. */
    void reset() {
        pause = FIRST;
    }

    /** Whether to log a cause now: the first time, then once a minute. */
    boolean isWorthALine(String cause, Instant now) {
        Instant last = lines.get(cause);
        if (last != null && now.isBefore(last.plus(BETWEEN_LINES))) {
            return false;
        }
        if (lines.size() >= REMEMBERED_CAUSES) {
            lines.clear();
        }
        lines.put(cause, now);
        return true;
    }
}
