package io.tickettriage.desk;

/** What becomes of the wish to decide a ticket. */
public sealed interface ClaimOutcome {
    /** It is this person's until the claim ends. */
    record Granted(HeldClaim claim) implements ClaimOutcome {}

    /** Somebody else has it. */
    record Taken(HeldClaim claim) implements ClaimOutcome {}

    /** Somebody has decided it. */
    record Closed(Decided decided) implements ClaimOutcome {}

    /** No open review ticket has this id. */
    record Unknown() implements ClaimOutcome {}
}
