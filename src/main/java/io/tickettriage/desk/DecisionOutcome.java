package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/** What becomes of a decision. */
public sealed interface DecisionOutcome {
    /**
     * The topic has it.
     *
     * @param record where it stands
     * @param repeated whether it had been there before: the same decision was sent again
     */
    record Accepted(String ticketId, String by, Instant at, String record, boolean repeated)
            implements DecisionOutcome {}

    /** The application would reject it; the reason is one of the contract. */
    record Invalid(String reason, String detail) implements DecisionOutcome {}

    /** Nothing was written: the ticket is somebody else's, decided, or unknown. */
    record Refused(@JsonIgnore ClaimOutcome why) implements DecisionOutcome {}
}
