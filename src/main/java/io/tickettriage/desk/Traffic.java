package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickettriage.message.Routing;
import io.tickettriage.message.ScoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many tickets went where, minute by minute, of the last day. Confidences are taken of at most some tickets a second,
 * for reading one takes longer than counting it. Not for use by several threads.
 */
final class Traffic {
    static final Duration LONGEST = Duration.ofDays(1);
    private static final int BINS = 10;
    private static final int MAX_NAMES = 100;
    private static final int MAX_CHARACTERS = 200;
    private static final String OTHER = "(other)";
    private static final int READ_PER_SECOND = 200;

    /** Tickets by queue in the minute that begins at a time. */
    record Minute(Instant at, SortedMap<String, Integer> queues) {}

    /** A model, and the time between the first and the last ticket it scored. */
    record ModelUse(
            String version,
            Instant from,
            Instant to,
            @JsonProperty("tickets") long count) {
        ModelUse and(ModelUse other) {
            return new ModelUse(
                    version,
                    from.isBefore(other.from) ? from : other.from,
                    to.isAfter(other.to) ? to : other.to,
                    count + other.count);
        }
    }

    /** The sums of a time window. */
    record Summary(
            long total,
            long reviewed,
            SortedMap<String, Long> perQueue,
            List<Minute> perMinute,
            SortedMap<String, Long> reasons,
            SortedMap<String, long[]> confidence,
            List<ModelUse> models) {}

    private static final class Bucket {
        private final SortedMap<String, Integer> queues = new TreeMap<>();
        private final Map<String, Integer> reasons = new HashMap<>();
        private final Map<String, long[]> confidence = new HashMap<>();
        private final Map<String, ModelUse> models = new HashMap<>();
    }

    private final TreeMap<Instant, Bucket> minutes = new TreeMap<>();
    private long second;
    private int readInSecond;
    private long total;

    /** Counts a ticket of {@code tickets.scored}; {@code reasons} are those of the header. */
    void add(RoutedTicket ticket, List<String> reasons) {
        total++;
        Bucket bucket = minutes.computeIfAbsent(ticket.at().truncatedTo(ChronoUnit.MINUTES), minute -> new Bucket());
        bucket.queues.merge(known(bucket.queues, ticket.queue()), 1, Integer::sum);
        reasons.forEach(reason -> bucket.reasons.merge(known(bucket.reasons, reason), 1, Integer::sum));
        String version = known(bucket.models, ticket.modelVersion());
        bucket.models.merge(version, new ModelUse(version, ticket.at(), ticket.at(), 1), ModelUse::and);
        if (mayRead()) {
            ticket.read().prediction().forEach((head, answer) -> bucket.confidence
                    .computeIfAbsent(known(bucket.confidence, head), unread -> new long[BINS])[bin(answer)]++);
        }
        minutes.headMap(minutes.lastKey().minus(LONGEST)).clear();
    }

    /** What a name is counted under: anybody may write names to the topic, and they are kept for a day. */
    private static String known(Map<String, ?> counts, String name) {
        return counts.containsKey(name) || counts.size() < MAX_NAMES && name.length() <= MAX_CHARACTERS ? name : OTHER;
    }

    /** How many tickets were ever counted. */
    long total() {
        return total;
    }

    private boolean mayRead() {
        long now = System.nanoTime() / 1_000_000_000;
        readInSecond = now == second ? readInSecond + 1 : 1;
        second = now;
        return readInSecond <= READ_PER_SECOND;
    }

    private static int bin(ScoredRecord.Answer answer) {
        return Math.max(0, Math.min(BINS - 1, (int) (BINS * answer.confidence().doubleValue())));
    }

    /** The tickets since a time. */
    Summary since(Instant since) {
        List<Minute> perMinute = new ArrayList<>();
        SortedMap<String, Long> perQueue = new TreeMap<>();
        SortedMap<String, Long> reasons = new TreeMap<>();
        SortedMap<String, long[]> confidence = new TreeMap<>();
        SortedMap<String, ModelUse> models = new TreeMap<>();
        minutes.tailMap(since.truncatedTo(ChronoUnit.MINUTES)).forEach((at, bucket) -> {
            perMinute.add(new Minute(at, new TreeMap<>(bucket.queues)));
            bucket.queues.forEach((queue, n) -> perQueue.merge(queue, (long) n, Long::sum));
            bucket.reasons.forEach((reason, n) -> reasons.merge(reason, (long) n, Long::sum));
            bucket.models.values().forEach(use -> models.merge(use.version(), use, ModelUse::and));
            bucket.confidence.forEach((head, bins) -> confidence.merge(head, bins.clone(), Traffic::sum));
        });
        long total = perQueue.values().stream().mapToLong(n -> n).sum();
        return new Summary(
                total,
                perQueue.getOrDefault(Routing.REVIEW, 0L),
                perQueue,
                perMinute,
                reasons,
                confidence,
                List.copyOf(models.values()));
    }

    private static long[] sum(long[] a, long[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
        return a;
    }
}
