package io.tickettriage.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.message.HumanReadable;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.text.MessageParts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the desk knows about a ticket.
 *
 * @param ticket its own fields
 * @param fields those of them that are its text, in the order the model reads them
 * @param top per head that has such a list, its likeliest labels
 * @param why the reasons for review, in words
 * @param explanation per head, the words that decided
 * @param example what the trainer will learn from it, if anything
 * @param similar how many other open tickets the same words decided the same way
 */
public record TicketDetail(
        String id,
        Instant at,
        TicketSummary.State state,
        JsonNode ticket,
        List<Field> fields,
        Map<String, String> metadata,
        Map<String, ScoredRecord.Answer> prediction,
        Map<String, JsonNode> top,
        ScoredRecord.Route routing,
        List<String> why,
        Map<String, List<ScoredRecord.Term>> explanation,
        Optional<HumanReadable> humanReadable,
        ScoredRecord.ModelName model,
        Optional<HeldClaim> claim,
        List<Submission> submissions,
        Optional<Agreement.Judged> example,
        long similar) {

    /** A field of the ticket that people read, and what of it they wrote themselves. */
    public record Field(String name, String value, List<Part> parts) {
        static Field of(String name, String value) {
            return new Field(
                    name,
                    value,
                    MessageParts.of(value).stream().map(Part::of).toList());
        }
    }

    /** The characters of a field from one place up to, and without, another: text, quote or signature. */
    public record Part(String kind, int from, int to) {
        static Part of(MessageParts.Part part) {
            return new Part(part.kind().name().toLowerCase(Locale.ROOT), part.from(), part.to());
        }
    }

    /** A reason for review in words, such as {@code department 41.2 %, needs 55.0 %}. */
    static String why(ScoredRecord.Reason reason, String rule) {
        if (reason.value() == null || reason.threshold() == null) {
            return "rule " + rule;
        }
        String head = reason.head() == null ? "" : reason.head();
        String value = percent(reason.value().doubleValue());
        String needed = percent(reason.threshold().doubleValue());
        return switch (reason.reason()) {
            case "CLOSE_CALL" -> head + " leads by " + value + ", needs " + needed;
            case "UNKNOWN_LANGUAGE" -> value + " of the words are known, needs " + needed;
            default -> (head.isEmpty() ? reason.reason() : head) + " " + value + ", needs " + needed;
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
