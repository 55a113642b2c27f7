package io.tickettriage.scoring;

/**
 * Which optional parts the output has.
 *
 * @param scores the score of every label, not only the chosen one's
 * @param explanation the terms that decided
 * @param humanReadable summary, triage note and reply draft
 * @param debug how the network saw the text
 */
public record OutputOptions(boolean scores, For explanation, For humanReadable, boolean debug) {
    /** Which tickets get a part. */
    public enum For {
        /** Every ticket. */
        ALL,
        /** Tickets that a person decides. */
        REVIEW,
        /** No ticket. */
        NONE;

        boolean includes(boolean review) {
            return this == ALL || (this == REVIEW && review);
        }
    }
}
