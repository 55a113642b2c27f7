package io.tickettriage.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code tickets.scored} and of the queues, as readers see it: what {@link ScoredTicketWriter} wrote. The
 * ticket has its own fields, the id first; the prediction is head → answer, in the model's order; the explanation, head →
 * terms, and the words for people are there where they were written.
 */
public record ScoredRecord(
        JsonNode ticket,
        Map<String, Answer> prediction,
        Route routing,
        Map<String, List<Term>> explanation,
        @Nullable HumanReadable humanReadable,
        ModelName model) {
    /** The most bytes a value may have: the topics take 4 MiB, headers, key and what a correction adds included. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;
    /** What a value reads as that is none. */
    public static final ScoredRecord UNREADABLE =
            new ScoredRecord(Json.MAPPER.missingNode(), Map.of(), Route.UNKNOWN, Map.of(), null, ModelName.UNKNOWN);

    private static final TicketDecoder DECODER = new TicketDecoder(Integer.MAX_VALUE);

    /** A head's answer: numbers from 0 to 1, six decimals; the scores by label, empty where they were not written. */
    public record Answer(
            String label,
            BigDecimal confidence,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, BigDecimal> scores) {
        public Answer {
            label = Objects.requireNonNullElse(label, "");
            confidence = Objects.requireNonNullElse(confidence, BigDecimal.ZERO);
            scores = Objects.requireNonNullElse(scores, Map.of());
        }
    }

    /** Where a ticket went: its queue, the rule that decided or none, and the reasons for a review. */
    public record Route(
            String queue, boolean requiresReview, @Nullable String rule, List<Reason> reasons) {
        static final Route UNKNOWN = new Route("", false, null, List.of());

        public Route {
            queue = Objects.requireNonNullElse(queue, "");
            reasons = present(reasons);
        }
    }

    /**
     * Why a person should look at the ticket: the head in doubt, null where it is no single one; what was measured, 0 to 1,
     * and what it should have reached, null where nothing was measured.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(
            String reason,
            @Nullable String head,
            @Nullable BigDecimal value,
            @Nullable BigDecimal threshold) {
        public Reason {
            reason = Objects.requireNonNullElse(reason, "");
        }
    }

    /** A term that spoke for the chosen label, and what it added to its log-odds. */
    public record Term(String term, BigDecimal weight) {
        public Term {
            term = Objects.requireNonNullElse(term, "");
            weight = Objects.requireNonNullElse(weight, BigDecimal.ZERO);
        }
    }

    /** A model's version and the checksum of its artifact. */
    public record ModelName(String version, String sha256) {
        static final ModelName UNKNOWN = new ModelName("", "");

        public ModelName {
            version = Objects.requireNonNullElse(version, "");
            sha256 = Objects.requireNonNullElse(sha256, "");
        }
    }

    public ScoredRecord {
        ticket = Objects.requireNonNullElse(ticket, Json.MAPPER.missingNode());
        prediction = present(prediction);
        routing = Objects.requireNonNullElse(routing, Route.UNKNOWN);
        explanation = present(explanation);
        explanation.replaceAll((head, terms) -> present(terms));
        model = Objects.requireNonNullElse(model, ModelName.UNKNOWN);
    }

    /** What is null in the JSON of others is not there. */
    private static <T> List<T> present(@Nullable List<T> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }

    private static <T> Map<String, T> present(@Nullable Map<String, T> values) {
        Map<String, T> present = new LinkedHashMap<>();
        if (values != null) {
            present.putAll(values);
            present.values().removeIf(Objects::isNull);
        }
        return present;
    }

    /** Reads a value; it is an error if it is no JSON object, or its fields have other types. */
    public static ScoredRecord read(byte[] json) throws IOException {
        try {
            ScoredRecord read = Json.MAPPER.readValue(json, ScoredRecord.class);
            if (read == null) {
                throw new IOException("the value is null");
            }
            return read;
        } catch (NumberFormatException e) {
            throw new IOException("a number of the ticket has an exponent that is too large", e);
        }
    }

    /** The ticket with its text and metadata; empty if it is none that can be scored. */
    public Optional<Ticket> decodedTicket() {
        RawTicket raw = RawTicket.ofJson(Json.bytes(ticket), "tickets.scored", 0);
        return DECODER.decode(raw) instanceof Ticket decoded ? Optional.of(decoded) : Optional.empty();
    }

    public SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>();
        prediction.forEach((head, answer) -> labels.put(head, answer.label()));
        return labels;
    }
}
