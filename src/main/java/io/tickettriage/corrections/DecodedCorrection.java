package io.tickettriage.corrections;

import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.ticket.RejectReason;

/** The outcome of decoding a submission. */
public sealed interface DecodedCorrection {
    record Correction(CorrectionSubmission submission) implements DecodedCorrection {}

    /** It cannot be applied; the detail is for people. */
    record RejectedCorrection(RejectReason reason, String detail) implements DecodedCorrection {}
}
