package io.tickettriage.corrections;

/** What reaches the join: one side or the other, still as JSON bytes. */
sealed interface CorrectionEvent {
    /** A record of {@code tickets.scored}. */
    record TicketScored(byte[] json) implements CorrectionEvent {}

    /** A valid submission, as {@code CorrectionSubmission.toJson} writes it. */
    record CorrectionSubmitted(byte[] json) implements CorrectionEvent {}
}
