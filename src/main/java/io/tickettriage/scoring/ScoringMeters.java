package io.tickettriage.scoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.message.ShadowComparison;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.RejectReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the scoring role counts and times. All tags come from closed sets, so their number is fixed at the start. */
public final class ScoringMeters {
    private static final String AGREED = "agreed";
    private static final String DISPUTED = "disputed";

    private final Map<String, Counter> byQueue;
    private final Map<String, Counter> byReviewReason;
    private final Map<String, Counter> byRejectReason;
    private final Map<String, Counter> byShadowVerdict;
    private final Counter rules;
    private final Timer scoring;
    private final Timer lag;

    /** Meters for the queues that exist. */
    public ScoringMeters(MeterRegistry registry, Set<String> queues) {
        byQueue = counters(registry, "triage.tickets.queued", "Tickets sent to a queue", "queue", queues);
        byReviewReason = counters(
                registry,
                "triage.tickets.review",
                "Reasons for which tickets were sent to review; a ticket may have several",
                "reason",
                names(ReviewReason.Kind.values()));
        byRejectReason = counters(
                registry, "triage.tickets.rejected", "Records sent to the DLQ", "reason", names(RejectReason.values()));
        byShadowVerdict = counters(
                registry,
                "triage.shadow.compared",
                "Tickets that the active model and its challenger both answered",
                "verdict",
                List.of(AGREED, DISPUTED));
        rules = Counter.builder("triage.tickets.ruled")
                .description("Tickets whose queue a business rule decided")
                .register(registry);
        scoring = Timer.builder("triage.scoring")
                .description("Time from a record's bytes to its outcome")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(1_000))
                .maximumExpectedValue(Duration.ofMillis(100))
                .register(registry);
        lag = Timer.builder("triage.lag")
                .description("Time from a record's timestamp to its scoring")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
    }

    void queued(ScoredTicket ticket) {
        count(byQueue, ticket.routing().queue());
        if (ticket.routing().rule().isPresent()) {
            rules.increment();
        }
        for (ReviewReason reason : ticket.routing().reasons()) {
            count(byReviewReason, reason.reason().name());
        }
    }

    void rejected(RejectReason reason) {
        count(byRejectReason, reason.name());
    }

    void compared(ShadowComparison comparison) {
        count(byShadowVerdict, comparison.differs() ? DISPUTED : AGREED);
    }

    void scoredIn(long nanos) {
        scoring.record(nanos, TimeUnit.NANOSECONDS);
    }

    void waited(long millis) {
        lag.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    private static void count(Map<String, Counter> counters, String tag) {
        Counter counter = counters.get(tag);
        if (counter != null) {
            counter.increment();
        }
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static Map<String, Counter> counters(
            MeterRegistry registry, String name, String description, String tag, Collection<String> values) {
        return values.stream().collect(Collectors.toMap(Function.identity(), value -> Counter.builder(name)
                .description(description)
                .tag(tag, value)
                .register(registry)));
    }
}
