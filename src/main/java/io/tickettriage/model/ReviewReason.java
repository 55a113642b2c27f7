package io.tickettriage.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a person should look at a ticket.
 *
 * @param reason from the closed set of the contract
 * @param head the head in doubt; null where the doubt concerns the whole text
 * @param value what was measured, 0 to 1
 * @param threshold what it should have reached
 */
public record ReviewReason(Kind reason, @Nullable String head, float value, float threshold) {
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
