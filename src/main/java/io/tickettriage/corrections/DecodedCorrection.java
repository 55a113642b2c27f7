package io.tickettriage.corrections;

import io.tickettriage.message.CorrectionSubmission;

/** The outcome of decoding a submission. */
public sealed interface DecodedCorrection {
    record Correction(CorrectionSubmission submission) implements DecodedCorrection {}

    /** It cannot be applied; the detail is for people. */
    record RejectedCorrection(Reason reason, String detail) implements DecodedCorrection {}

    /** Why a submission is rejected; names of the contract. */
    enum Reason {
        EMPTY_VALUE,
        INVALID_UTF8,
        INVALID_JSON,
        NOT_AN_OBJECT,
        TOO_LARGE,
        TOO_DEEP,
        INVALID_FIELD,
        UNKNOWN_HEAD,
        UNKNOWN_LABEL,
        NO_LABELS,
        /** Neither a ticket id nor a text. */
        NO_TICKET
    }
}
