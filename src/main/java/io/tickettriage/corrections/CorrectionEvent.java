package io.tickettriage.corrections;

import io.tickettriage.message.CorrectionSubmission;

/** What reaches the join: one side or the other. */
sealed interface CorrectionEvent {
    /** A ticket was scored. */
    record TicketScored(KnownTicket ticket) implements CorrectionEvent {}

    /** A valid correction was submitted. */
    record CorrectionSubmitted(CorrectionSubmission submission) implements CorrectionEvent {}
}
