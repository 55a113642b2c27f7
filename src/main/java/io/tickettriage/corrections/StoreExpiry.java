package io.tickettriage.corrections;

import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a store what is older than the retention, a slice at a time: a scan of millions of entries in one go would
 * take longer than the transaction may. Whoever reads the store must not take an expired entry for a valid one; what is
 * removed here is only the space it takes.
 */
final class StoreExpiry {
    static final int SLICE_ENTRIES = 1_000;
    /** How far the record time must go on between the starts of two passes, so that an idle store is left alone. */
    private static final Duration PASS_INTERVAL = Duration.ofMinutes(10);

    private final TimestampedKeyValueStore<byte[], byte[]> store;
    private final long retentionMillis;
    /** Where the running pass goes on; null between passes. */
    private byte @Nullable [] next;

    private long passStartMillis = Long.MIN_VALUE;

    StoreExpiry(TimestampedKeyValueStore<byte[], byte[]> store, Duration retention) {
        this.store = store;
        this.retentionMillis = retention.toMillis();
    }

    /** Whether an entry of that record time is past the retention. */
    boolean isExpired(long timestampMillis, long streamTimeMillis) {
        return timestampMillis < streamTimeMillis - retentionMillis;
    }

    /** Looks at the next slice and removes what is too old; returns how many that were. Times in milliseconds of the epoch. */
    int removeSlice(long streamTimeMillis) {
        if (next == null && streamTimeMillis < passStartMillis + PASS_INTERVAL.toMillis()) {
            return 0;
        }
        if (next == null) {
            passStartMillis = streamTimeMillis;
        }
        int removed = 0;
        int seen = 0;
        try (KeyValueIterator<byte[], ValueAndTimestamp<byte[]>> entries = store.range(next, null)) {
            while (entries.hasNext() && seen < SLICE_ENTRIES) {
                KeyValue<byte[], ValueAndTimestamp<byte[]>> entry = entries.next();
                seen++;
                next = Arrays.copyOf(entry.key, entry.key.length + 1); // The smallest key after this one.
                if (isExpired(entry.value.timestamp(), streamTimeMillis)) {
                    store.delete(entry.key);
                    removed++;
                }
            }
            if (!entries.hasNext()) {
                next = null;
            }
        }
        return removed;
    }
}
