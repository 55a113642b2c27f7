package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What has happened to a review ticket.
 *
 * @param by who did it; empty where it was nobody
 */
public record TicketChange(String id, Change change, String by) {
    /** The things that happen to review tickets. */
    public enum Change {
        OPENED,
        DECIDED,
        REOPENED,
        CLAIMED,
        RELEASED;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
