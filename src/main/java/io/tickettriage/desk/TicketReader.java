package io.tickettriage.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.desk.DeskView.State;
import io.tickettriage.desk.TicketDetail.Field;
import io.tickettriage.format.Json;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Turns kept tickets into what a person sees.
 *
 * @param routingHead the name of the head whose labels are queues
 * @param clock the topics' clock
 */
record TicketReader(Supplier<String> routingHead, InstantSource clock) {
    /** The fields that are a ticket's text, in the order the decoder joins them. */
    private static final List<String> TEXT_FIELDS = List.of("subject", "body", "description", "message", "text");

    private static final String TOP = "_top_k";

    /** An open ticket in a list. */
    TicketSummary summary(OpenTicket open, State state, Person person) {
        RoutedTicket ticket = open.ticket();
        return new TicketSummary(
                ticket.id(),
                ticket.at(),
                ticket.queue(),
                open.suggested(),
                TicketSummary.State.OPEN,
                open.reasons(),
                open.title(),
                open.answers(),
                claim(ticket.id(), state, person));
    }

    /** Any ticket in a list. */
    TicketSummary summary(RoutedTicket ticket, State state, Person person) {
        ScoredRecord scored = ticket.read();
        return new TicketSummary(
                ticket.id(),
                ticket.at(),
                ticket.queue(),
                scored.labels().getOrDefault(routingHead.get(), ""),
                stateOf(ticket, state),
                scored.routing().reasons().stream()
                        .map(ScoredRecord.Reason::reason)
                        .distinct()
                        .toList(),
                RoutedTicket.title(RoutedTicket.text(scored)),
                scored.labels(),
                claim(ticket.id(), state, person));
    }

    private static TicketSummary.State stateOf(RoutedTicket ticket, State state) {
        if (state.open().find(ticket.id()).isPresent()) {
            return TicketSummary.State.OPEN;
        }
        return state.submissions().decidedAt(ticket.id()).isPresent()
                ? TicketSummary.State.DECIDED
                : TicketSummary.State.ROUTED;
    }

    private Optional<HeldClaim> claim(String id, State state, Person person) {
        return state.claims().of(id, clock.instant()).map(claim -> HeldClaim.of(claim, person));
    }

    /** The whole of a ticket. */
    TicketDetail detail(RoutedTicket ticket, State state, Person person) {
        ScoredRecord scored = ticket.read();
        Optional<OpenTicket> open = state.open().find(ticket.id());
        long similar = open.map(state.open()::countAlike).orElse(0);
        return detail(
                ticket.id(),
                ticket.at(),
                ticket.json(),
                scored,
                stateOf(ticket, state),
                claim(ticket.id(), state, person),
                state.submissions().of(ticket.id()),
                state.agreement().of(ticket.id()),
                similar);
    }

    /** What scoring made of a ticket that is on no topic. */
    TicketDetail tried(byte[] scored) throws IOException {
        return detail(
                "try",
                clock.instant(),
                scored,
                ScoredRecord.read(scored),
                TicketSummary.State.ROUTED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0);
    }

    private static TicketDetail detail(
            String id,
            Instant at,
            byte[] json,
            ScoredRecord scored,
            TicketSummary.State state,
            Optional<HeldClaim> claim,
            List<Submission> submissions,
            Optional<Agreement.Judged> example,
            long similar) {
        String rule = String.valueOf(scored.routing().rule());
        return new TicketDetail(
                id,
                at,
                state,
                scored.ticket(),
                fields(scored.ticket()),
                scored.decodedTicket().map(Ticket::metadata).orElse(Map.of()),
                scored.prediction(),
                top(json),
                scored.routing(),
                scored.routing().reasons().stream()
                        .map(reason -> TicketDetail.why(reason, rule))
                        .toList(),
                scored.explanation(),
                Optional.ofNullable(scored.humanReadable()),
                scored.model(),
                claim,
                submissions,
                example,
                similar);
    }

    private static List<Field> fields(JsonNode ticket) {
        return TEXT_FIELDS.stream()
                .flatMap(name -> Stream.of(ticket.path(name))
                        .filter(value -> value.isTextual() && !value.textValue().isBlank())
                        .map(value -> Field.of(name, value.textValue())))
                .toList();
    }

    private static Map<String, JsonNode> top(byte[] json) {
        Map<String, JsonNode> top = new LinkedHashMap<>();
        try {
            Json.tree(json).forEachEntry((name, value) -> {
                if (name.endsWith(TOP)) {
                    top.put(name.substring(0, name.length() - TOP.length()), value);
                }
            });
        } catch (IOException e) { // It reads as no scored ticket either: there is nothing to show.
            top.clear();
        }
        return top;
    }
}
