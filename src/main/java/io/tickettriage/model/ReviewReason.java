package io.tickettriage.model;

import java.util.Optional;

/**
 * Why a person should look at a ticket.
 *
 * @param head the head in doubt; empty where the doubt concerns the whole text
 * @param value what was measured, 0 to 1; 0 for a rule
 * @param threshold what it should have reached, 0 to 1; 0 for a rule
 */
public record ReviewReason(Kind reason, Optional<String> head, float value, float threshold) {
    /** A business rule asks for it. */
    public static ReviewReason rule() {
        return new ReviewReason(Kind.RULE, Optional.empty(), 0, 0);
    }

    /** The reasons of the contract (header {@code triage-review-reason}). */
    public enum Kind {
        /** The chosen label's score is low. */
        LOW_CONFIDENCE,
        /** Another label scores almost as high. */
        CLOSE_CALL,
        /** Too few of the words are known. */
        UNKNOWN_LANGUAGE,
        /** A business rule asks for it. */
        RULE
    }
}
