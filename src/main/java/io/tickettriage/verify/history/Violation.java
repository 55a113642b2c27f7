package io.tickettriage.verify.history;

/**
 * A broken promise.
 *
 * @param where the record it is about: topic, partition and offset, or a ticket's id
 */
public record Violation(Kind kind, String where, String detail) {
    public enum Kind {
        /** An input is in no queue and not on the DLQ. */
        LOST,
        /** It is there more than once. */
        DOUBLED,
        /** An output has no input. */
        INVENTED,
        /** A ticket is in another queue than its own routing names. */
        MISPLACED,
        /** Two records of one ticket have changed places. */
        REORDERED,
        /** {@code tickets.scored} does not have the very bytes of the queue, once. */
        SCORED_DIFFERS,
        /** The model that an output names gives other bytes for its input. */
        NOT_REPRODUCIBLE,
        /** The example of a ticket is not what its submissions and its scored ticket say. */
        CORRECTION_DIFFERS,
        /** A dead letter has no reason to be there, another reason, or other bytes than its input. */
        DEAD_LETTER_WRONG
    }
}
