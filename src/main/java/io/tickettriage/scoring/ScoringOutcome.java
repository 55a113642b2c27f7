package io.tickettriage.scoring;

import io.tickettriage.message.ScoredTicket;
import io.tickettriage.ticket.RejectedTicket;

/** What became of one record. */
public sealed interface ScoringOutcome {
    /**
     * It was scored.
     *
     * @param ticket the ticket with its answers and its queue
     * @param json the same as the value of the output topics
     */
    record Scored(ScoredTicket ticket, byte[] json) implements ScoringOutcome {}

    /** It is no ticket. */
    record Rejected(RejectedTicket reason) implements ScoringOutcome {}
}
