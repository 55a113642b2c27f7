package io.tickettriage.scoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.message.ShadowComparison;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.RejectReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the scoring role counts and times. All tags come from closed sets, so their number is fixed at the start. */
public final class ScoringMeters {
    private final Map<String, Counter> byQueue = new HashMap<>();
    private final Map<ReviewReason.Kind, Counter> byReviewReason = new EnumMap<>(ReviewReason.Kind.class);
    private final Map<RejectReason, Counter> byRejectReason = new EnumMap<>(RejectReason.class);
    private final Counter rules;
    private final Counter agreed;
    private final Counter disputed;
    private final Timer scoring;
    private final Timer lag;

    /** Meters for the queues that exist. */
    public ScoringMeters(MeterRegistry registry, Set<String> queues) {
        for (String queue : queues) {
            byQueue.put(
                    queue,
                    Counter.builder("triage.tickets.queued")
                            .description("Tickets sent to a queue")
                            .tag("queue", queue)
                            .register(registry));
        }
        for (ReviewReason.Kind reason : ReviewReason.Kind.values()) {
            byReviewReason.put(
                    reason,
                    Counter.builder("triage.tickets.review")
                            .description("Reasons for which tickets were sent to review; a ticket may have several")
                            .tag("reason", reason.name())
                            .register(registry));
        }
        for (RejectReason reason : RejectReason.values()) {
            byRejectReason.put(
                    reason,
                    Counter.builder("triage.tickets.rejected")
                            .description("Records sent to the DLQ")
                            .tag("reason", reason.name())
                            .register(registry));
        }
        rules = Counter.builder("triage.tickets.ruled")
                .description("Tickets whose queue a business rule decided")
                .register(registry);
        agreed = compared(registry, "agreed");
        disputed = compared(registry, "disputed");
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

    void compared(ShadowComparison comparison) {
        (comparison.differs() ? disputed : agreed).increment();
    }

    void queued(ScoredTicket ticket) {
        Counter queue = byQueue.get(ticket.routing().queue());
        if (queue != null) {
            queue.increment();
        }
        if (ticket.routing().rule().isPresent()) {
            rules.increment();
        }
        for (ReviewReason reason : ticket.routing().reasons()) {
            Counter counter = byReviewReason.get(reason.reason());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    void rejected(RejectReason reason) {
        Counter counter = byRejectReason.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void scoredIn(long nanos) {
        scoring.record(nanos, TimeUnit.NANOSECONDS);
    }

    void waited(long millis) {
        lag.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    private static Counter compared(MeterRegistry registry, String verdict) {
        return Counter.builder("triage.shadow.compared")
                .description("Tickets that the active model and its challenger both answered")
                .tag("verdict", verdict)
                .register(registry);
    }
}
