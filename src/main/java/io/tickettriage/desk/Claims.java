package io.tickettriage.desk;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Who is deciding which ticket: what the claims topic says, record by record. Two instances that read it agree, for the
 * order of a ticket's records decides and nothing else. Not for use by several threads.
 */
final class Claims {
    /** The longest that a claim may last: what a record asks for beyond that does not count. */
    static final Duration LONGEST = Duration.ofMinutes(10);
    /** Many more than people can hold; beyond it the claims that were made longest ago are forgotten. */
    static final int MAX_CLAIMS = 20_000;

    private static final int MAX_CHARACTERS = 1_000;

    /**
     * The value of a record of the claims topic: somebody claims the ticket of its key, or gives it back.
     *
     * @param by who; untrusted text
     * @param session what tells two windows of one person apart
     * @param until when the claim ends by itself; not after the record's time where the ticket is given back
     * @param claim the record's own name, by which its writer knows it again
     */
    record Claim(String by, String session, Instant until, String claim) {
        Claim {
            // A record of the topic that lacks one is no claim.
            requireNonNull(by, "by");
            requireNonNull(session, "session");
            requireNonNull(until, "until");
            requireNonNull(claim, "claim");
            if (by.length() + session.length() + claim.length() > MAX_CHARACTERS) {
                throw new IllegalArgumentException("a claim has more than " + MAX_CHARACTERS + " characters");
            }
        }

        boolean isOf(String name, String itsSession) {
            return by.equals(name) && session.equals(itsSession);
        }

        @JsonIgnore
        boolean isOfSameHolder(Claim other) {
            return isOf(other.by, other.session);
        }
    }

    private final LinkedHashMap<String, Claim> byTicket = new LinkedHashMap<>();

    /** Acts on a record, and returns the claim that holds after it, if any. */
    Optional<Claim> apply(String ticketId, Claim asked, Instant recordTime) {
        Claim held = byTicket.get(ticketId);
        boolean isFree = held == null || !held.until().isAfter(recordTime) || held.isOfSameHolder(asked);
        if (isFree && asked.until().isAfter(recordTime)) {
            Instant latest = recordTime.plus(LONGEST);
            Instant until = asked.until().isAfter(latest) ? latest : asked.until();
            byTicket.remove(ticketId);
            byTicket.put(ticketId, new Claim(asked.by(), asked.session(), until, asked.claim()));
            if (byTicket.size() > MAX_CLAIMS) {
                byTicket.remove(byTicket.keySet().iterator().next());
            }
        } else if (isFree) {
            byTicket.remove(ticketId);
        }
        return Optional.ofNullable(byTicket.get(ticketId));
    }

    /** The claim on a ticket that is in force at a time. */
    Optional<Claim> of(String ticketId, Instant now) {
        return Optional.ofNullable(byTicket.get(ticketId))
                .filter(claim -> claim.until().isAfter(now));
    }

    int size() {
        return byTicket.size();
    }

    /** Forgets the claims that have ended. */
    void removeEnded(Instant now) {
        byTicket.values().removeIf(claim -> !claim.until().isAfter(now));
    }
}
