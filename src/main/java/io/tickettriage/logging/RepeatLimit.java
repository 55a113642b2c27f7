package io.tickettriage.logging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first few events of a kind through in each window of time, and counts the rest. A window begins with the first
 * event of its kind. Time is given, and never goes back. Not safe for use by several threads.
 *
 * @param <E> an event
 */
final class RepeatLimit<E> {
    /** What was left out of one window: how many events, and the last of them. */
    record LeftOut<E>(long events, E last) {}

    private final int limit;
    private final Duration window;
    // The oldest window first.
    private final Map<String, Window<E>> windows = new LinkedHashMap<>();

    private static final class Window<E> {
        private final long endNanos;
        private long admitted;
        private long leftOut;
        private @Nullable E last;

        private Window(long endNanos) {
            this.endNanos = endNanos;
        }
    }

    /** Lets {@code limit} events of a kind through in each {@code window}. */
    RepeatLimit(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
    }

    Duration window() {
        return window;
    }

    /** Whether this many kinds have a window, and this one has none. */
    boolean isFullFor(String kind, int kinds) {
        return windows.size() >= kinds && !windows.containsKey(kind);
    }

    /** Whether an event is to be written; call {@link #ended} first. */
    boolean admits(String kind, E event, long nowNanos) {
        Window<E> current = windows.computeIfAbsent(kind, k -> new Window<>(nowNanos + window.toNanos()));
        if (current.admitted < limit) {
            current.admitted++;
            return true;
        }
        current.leftOut++;
        current.last = event;
        return false;
    }

    /** Forgets the windows that have ended, and returns what was left out of them. */
    List<LeftOut<E>> ended(long nowNanos) {
        return forgetOldest(window -> nowNanos - window.endNanos >= 0);
    }

    /** Forgets every window. */
    List<LeftOut<E>> endAll() {
        return forgetOldest(window -> true);
    }

    private List<LeftOut<E>> forgetOldest(Predicate<Window<E>> condition) {
        List<LeftOut<E>> leftOut = new ArrayList<>();
        Iterator<Window<E>> oldest = windows.values().iterator();
        while (oldest.hasNext()) {
            Window<E> next = oldest.next();
            if (!condition.test(next)) {
                break;
            }
            if (next.last != null) {
                leftOut.add(new LeftOut<>(next.leftOut, next.last));
            }
            oldest.remove();
        }
        return leftOut;
    }
}
