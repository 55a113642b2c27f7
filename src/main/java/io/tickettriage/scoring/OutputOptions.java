package io.tickettriage.scoring;

import io.tickettriage.message.ScoredTicket;

/** Which optional parts the output has: the scores of all labels, and as {@link ScoredTicket} names them. */
public record OutputOptions(boolean scores, For explanation, For humanReadable, boolean debug) {
    /** Which tickets get a part; {@code REVIEW}: those that a person decides. */
    public enum For {
        ALL,
        REVIEW,
        NONE;

        boolean includes(boolean review) {
            return this == ALL || (this == REVIEW && review);
        }
    }
}
