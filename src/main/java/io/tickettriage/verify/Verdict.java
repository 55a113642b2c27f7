package io.tickettriage.verify;

import io.tickettriage.verify.history.Violation;
import java.util.List;
import java.util.Map;

/**
 * What came of a history.
 *
 * @param tickets how many records were on {@code tickets.raw}, hostile ones included; so with submissions
 * @param rejected dead letters; those of hostile records that were passed by unread are {@code quarantined}
 * @param unsent records of the workload whose send failed; they may be on the topic
 * @param unexpectedExits how often a process ended that nobody had ended
 * @param secondsWithoutProgress the longest time in which nothing came out
 * @param slowestTicketSeconds the longest time from a ticket's input to its output
 * @param slowestTicket that output: topic, partition and offset
 * @param counts violations by kind, 0 included
 * @param violations the first of them
 * @param directory where data and logs are; empty where they were deleted
 * @param command what runs this history again
 */
public record Verdict(
        long seed,
        String groupProtocol,
        double seconds,
        int tickets,
        int routed,
        int submissions,
        int corrections,
        int rejected,
        int quarantined,
        int unsent,
        Map<Fault.Kind, Integer> faults,
        int unexpectedExits,
        double secondsWithoutProgress,
        double slowestTicketSeconds,
        String slowestTicket,
        Map<Violation.Kind, Long> counts,
        List<Violation> violations,
        List<ResourceSample> resources,
        String directory,
        String command) {
    /** Whether every promise was kept. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** The same once data and logs are deleted. */
    public Verdict withoutDirectory() {
        return new Verdict(
                seed,
                groupProtocol,
                seconds,
                tickets,
                routed,
                submissions,
                corrections,
                rejected,
                quarantined,
                unsent,
                faults,
                unexpectedExits,
                secondsWithoutProgress,
                slowestTicketSeconds,
                slowestTicket,
                counts,
                violations,
                resources,
                "",
                command);
    }
}
