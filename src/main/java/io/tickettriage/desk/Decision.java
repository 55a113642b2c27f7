package io.tickettriage.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about a ticket.
 *
 * @param labels head → label; null takes all of the ticket's labels back
 * @param proposed head → a label that does not exist yet
 * @param review whether it decides an open review ticket, which it then must be
 */
public record Decision(
        String ticketId,
        @Nullable Map<String, String> labels,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> proposed,
        String note,
        boolean review) {
    public Decision {
        ticketId = Objects.requireNonNullElse(ticketId, "");
        proposed = Objects.requireNonNullElse(proposed, Map.of());
        note = Objects.requireNonNullElse(note, "");
    }

    /** The same, giving no label instead of taking all back. */
    public Decision proposing() {
        return new Decision(ticketId, Map.of(), proposed, note, review);
    }
}
