package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How things go, over a time that ends now.
 *
 * @param since from when on tickets are counted: later than the window's beginning where the desk has read no further back
 * @param agreement per head, how often people confirmed the model
 * @param proposed the labels that people missed
 */
public record DeskStats(
        Duration window,
        Instant since,
        Tickets tickets,
        Review review,
        SortedMap<String, long[]> confidence,
        Map<String, Agreement.OfHead> agreement,
        List<Agreement.OfPerson> submitters,
        List<ProposedLabel> proposed,
        List<Traffic.ModelUse> models,
        String activeModel,
        @JsonUnwrapped Vitals vitals) {

    /** Tickets routed: in all, by queue, and by minute. */
    public record Tickets(long total, SortedMap<String, Long> perQueue, List<Traffic.Minute> perMinute) {}

    /** What went to people, and what they have done. */
    public record Review(
            @Nullable Double share,
            SortedMap<String, Long> reasons,
            int open,
            long decided,
            long dropped,
            Optional<Instant> oldestAt) {}

    /** A label that does not exist, and how often people missed it. */
    public record ProposedLabel(String head, String label, long count) {}

    /**
     * What the process measures of itself.
     *
     * @param lag by role, the offsets it has not committed
     * @param latencyMs the time from a ticket's record to its scoring; empty where this process scores nothing
     * @param challenger empty where there is none
     */
    public record Vitals(
            SortedMap<String, Long> lag, Optional<Latency> latencyMs, Optional<ChallengerUse> challenger) {}

    /** Milliseconds. */
    public record Latency(double p50, double p99) {}

    /** A challenger, and how many of the tickets that both answered they disagree about. */
    public record ChallengerUse(String version, long compared, long disputed) {}
}
