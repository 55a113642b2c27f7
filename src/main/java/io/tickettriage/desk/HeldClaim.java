package io.tickettriage.desk;

import io.tickettriage.desk.Claims.Claim;
import java.time.Instant;

/** A claim as a person sees it: whose, until when, and whether it is this person's own in this window. */
public record HeldClaim(String by, Instant until, boolean mine) {
    static HeldClaim of(Claim claim, Person person) {
        return new HeldClaim(claim.by(), claim.until(), claim.isOf(person.name(), person.session()));
    }
}
