package io.tickettriage.desk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of a list of open tickets.
 *
 * @param open how many there are
 * @param matching how many of them are wanted
 * @param dropped how many are not here any more because there were too many
 * @param next where the next page begins; empty on the last one
 */
public record ReviewPage(
        int open,
        long matching,
        long dropped,
        Optional<Instant> oldestAt,
        Counts counts,
        List<TicketSummary> tickets,
        Optional<String> next) {

    /** Open tickets by the queue they would have gone to, and by the reason for review. */
    public record Counts(Map<String, Integer> queue, Map<String, Integer> reason) {}
}
