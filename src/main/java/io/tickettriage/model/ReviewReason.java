package io.tickettriage.model;

import java.util.Optional;

/**
 * Why a person should look at a ticket: the head in doubt, empty where it is the whole text; what was measured and what
 * it should have reached, 0 to 1, both 0 for a rule.
 */
public record ReviewReason(Kind reason, Optional<String> head, float value, float threshold) {
    /** The reasons of the contract (header {@code triage-review-reason}). */
    public enum Kind {
        LOW_CONFIDENCE,
        /** Another label scores almost as high. */
        CLOSE_CALL,
        /** Too few of the words are known. */
        UNKNOWN_LANGUAGE,
        RULE
    }
}
