package io.tickettriage.corrections;

import io.tickettriage.message.CorrectionSubmission;

/** What reaches the join, one side or the other: a scored ticket, or a valid submission. */
sealed interface CorrectionEvent permits KnownTicket, CorrectionEvent.CorrectionSubmitted {
    record CorrectionSubmitted(CorrectionSubmission submission) implements CorrectionEvent {}
}
