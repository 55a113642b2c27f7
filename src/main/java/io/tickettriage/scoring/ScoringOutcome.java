package io.tickettriage.scoring;

import io.tickettriage.message.ScoredTicket;
import io.tickettriage.ticket.RejectedTicket;

/** The outcome of scoring one record. */
public sealed interface ScoringOutcome {
    /** It was scored: the ticket with its answers and its queue, and the same as the value of the output topics. */
    record Scored(ScoredTicket ticket, byte[] json) implements ScoringOutcome {}

    /** It is no ticket, or one that cannot be forwarded. */
    record Rejected(RejectedTicket ticket) implements ScoringOutcome {}
}
