package io.tickettriage.scoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.message.ShadowComparison;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.RejectReason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the scoring role counts and times. All tags come from closed sets, so their number is fixed at the start. */
public final class ScoringMeters {
    private static final String AGREED = "agreed";
    private static final String DISPUTED = "disputed";

    private final MeterRegistry registry;
    private final Map<String, Counter> byQueue;
    private final Map<String, Counter> byReviewReason;
    private final Map<String, Counter> byRejectReason;
    private final Map<String, Counter> byShadowVerdict;
    private final Counter rules;
    private final Timer scoring;
    private final Timer lag;

    public ScoringMeters(MeterRegistry registry, Set<String> queues) {
        this.registry = registry;
        String review = "Reasons for which tickets were sent to review; a ticket may have several";
        String shadow = "Tickets that the active model and its challenger both answered";
        byQueue = counters("triage.tickets.queued", "Tickets sent to a queue", "queue", queues.stream());
        Stream<String> reviewReasons = Stream.of(ReviewReason.Kind.values()).map(Enum::name);
        byReviewReason = counters("triage.tickets.review", review, "reason", reviewReasons);
        Stream<String> rejectReasons = RejectReason.OF_TICKETS.stream().map(Enum::name);
        byRejectReason = counters("triage.tickets.rejected", "Records sent to the DLQ", "reason", rejectReasons);
        byShadowVerdict = counters("triage.shadow.compared", shadow, "verdict", Stream.of(AGREED, DISPUTED));
        rules = Counter.builder("triage.tickets.ruled")
                .description("Tickets whose queue a business rule decided")
                .register(registry);
        Duration microsecond = Duration.ofNanos(1_000);
        scoring = timer(
                "triage.scoring", "Time from a record's bytes to its outcome", microsecond, Duration.ofMillis(100));
        Duration millisecond = Duration.ofMillis(1);
        lag = timer("triage.lag", "Time from a record's timestamp to its scoring", millisecond, Duration.ofMinutes(10));
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

    void scored(long nanos, long lagMillis) {
        scoring.record(nanos, TimeUnit.NANOSECONDS);
        lag.record(Math.max(0, lagMillis), TimeUnit.MILLISECONDS);
    }

    private static void count(Map<String, Counter> counters, String tag) {
        Counter counter = counters.get(tag);
        if (counter != null) {
            counter.increment();
        }
    }

    private Map<String, Counter> counters(String name, String description, String tag, Stream<String> values) {
        Function<String, Counter> counter = value ->
                Counter.builder(name).description(description).tag(tag, value).register(registry);
        return values.collect(Collectors.toMap(Function.identity(), counter));
    }

    private Timer timer(String name, String description, Duration shortest, Duration longest) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(shortest)
                .maximumExpectedValue(longest)
                .register(registry);
    }
}
