package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A ticket in a list.
 *
 * @param suggested the label of the routing head
 * @param reasons why a person should look at it, if any
 * @param title the beginning of its text
 * @param answers head → label, as the model predicted
 */
public record TicketSummary(
        String id,
        Instant at,
        String queue,
        String suggested,
        State state,
        List<String> reasons,
        String title,
        Map<String, String> answers,
        Optional<HeldClaim> claim) {
    /** Where a ticket stands. */
    public enum State {
        /** It waits for somebody to decide it. */
        OPEN,
        /** Somebody gave it labels. */
        DECIDED,
        /** The model decided alone. */
        ROUTED;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
