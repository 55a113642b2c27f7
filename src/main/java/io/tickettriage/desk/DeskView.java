package io.tickettriage.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.desk.Claims.Claim;
import io.tickettriage.desk.TicketChange.Change;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.message.Routing;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topics say, record by record: the open review tickets, the claims on them, what people said, the tickets of the
 * last days. It is the same on every instance that has read the same topics, and is rebuilt from them at every start.
 *
 * <p>A review ticket is open until somebody submits labels for it; taking them back opens it again, and so does a newer
 * version of the ticket. For use by several threads: each method is one step.
 */
final class DeskView {
    /** The topic's clock says when a claim has ended, not this machine's, which may be ahead. */
    private static final Duration CLAIM_MEMORY = Duration.ofHours(1);

    private final TopicNames names;
    private final CorrectionDecoder decoder;
    private final Taxonomy taxonomy;
    private final Supplier<String> routingHead;
    private final Duration window;
    private final State state;

    /** Everything that the records change. */
    record State(
            OpenTickets open,
            RecentTickets recent,
            Claims claims,
            Submissions submissions,
            Agreement agreement,
            Traffic traffic) {}

    /** A claim as it is after a record of it, which was written at a time. */
    record ClaimRead(String ticketId, Claim asked, Optional<Claim> holds, Instant at) {}

    /** What a record changed: tickets, a claim, what people said, or nothing. */
    record Changes(List<TicketChange> tickets, Optional<ClaimRead> claim, Optional<Submission> said) {
        static final Changes NONE = new Changes(List.of(), Optional.empty(), Optional.empty());

        static Changes of(TicketChange change) {
            return new Changes(List.of(change), Optional.empty(), Optional.empty());
        }

        Changes and(Submission submission) {
            return new Changes(tickets, claim, Optional.of(submission));
        }
    }

    /**
     * A view that has read nothing.
     *
     * @param window how long tickets stay
     * @param routingHead the name of the head whose labels are queues
     */
    DeskView(
            TopicNames names,
            CorrectionDecoder decoder,
            Taxonomy taxonomy,
            Supplier<String> routingHead,
            Duration window,
            State empty) {
        this.names = names;
        this.decoder = decoder;
        this.taxonomy = taxonomy;
        this.routingHead = routingHead;
        this.window = window;
        this.state = empty;
    }

    /** Reads something of the state; it must not keep what is not immutable. */
    synchronized <T> T read(Function<State, T> reader) {
        return reader.apply(state);
    }

    /** Acts on a record; of one that cannot be read, nothing follows. */
    synchronized Changes apply(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String topic = record.topic();
        if (topic.equals(names.correctionsSubmitted())) {
            Submission said = Submission.of(record, decoder);
            return submitted(said).and(said);
        } else if (record.key() == null) {
            return Changes.NONE;
        } else if (topic.equals(names.corrections())) {
            return example(record);
        } else if (record.value() == null) {
            return Changes.NONE;
        } else if (topic.equals(names.queue(Routing.REVIEW))) {
            return queued(RoutedTicket.of(record));
        } else if (topic.equals(names.scored())) {
            return scored(record);
        }
        return claim(record);
    }

    private Changes queued(RoutedTicket ticket) {
        Optional<OpenTicket> earlier = state.open().find(ticket.id());
        if (earlier.filter(known -> known.ticket().at().isAfter(ticket.at())).isPresent()) {
            return Changes.NONE;
        }
        if (isDecided(ticket)) {
            state.recent().add(ticket);
            return Changes.NONE;
        }
        open(ticket);
        return Changes.of(new TicketChange(ticket.id(), Change.OPENED, ""));
    }

    private void open(RoutedTicket ticket) {
        OpenTicket next = OpenTicket.of(ticket, routingHead.get());
        state.open().add(next).forEach(dropped -> state.recent().add(dropped.ticket()));
    }

    private boolean isDecided(RoutedTicket ticket) {
        return state.submissions()
                .decidedAt(ticket.id())
                .filter(decided -> !decided.isBefore(ticket.at()))
                .isPresent();
    }

    private Changes scored(ConsumerRecord<byte[], byte[]> record) {
        RoutedTicket ticket = RoutedTicket.of(record);
        String reasons = HeaderNames.text(record.headers(), HeaderNames.REVIEW_REASON);
        state.traffic().add(ticket, reasons.isEmpty() ? List.of() : Arrays.asList(reasons.split(",", -1)));
        if (state.open().find(ticket.id()).isEmpty()) {
            state.recent().add(ticket);
        }
        return Changes.NONE;
    }

    private Changes submitted(Submission said) {
        state.submissions().add(said);
        Optional<OpenTicket> open = state.open().find(said.ticketId());
        if (open.isPresent() && isDecided(open.get().ticket())) {
            state.open().remove(said.ticketId());
            state.recent().add(open.get().ticket());
            return Changes.of(new TicketChange(said.ticketId(), Change.DECIDED, said.by()));
        }
        Optional<RoutedTicket> closed = state.recent().find(said.ticketId()).filter(ticket -> ticket.queue()
                .equals(Routing.REVIEW));
        if (said.labels().isEmpty() && open.isEmpty() && closed.isPresent() && !isDecided(closed.get())) {
            open(closed.get());
            return Changes.of(new TicketChange(said.ticketId(), Change.REOPENED, said.by()));
        }
        return Changes.NONE;
    }

    private Changes example(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String id = new String(record.key(), UTF_8);
        if (record.value() == null) {
            state.agreement().remove(id);
        } else {
            JsonNode json = Json.tree(record.value());
            state.agreement().put(id, LabelledExample.fromJson(json, taxonomy.headNames()));
        }
        return Changes.NONE;
    }

    private Changes claim(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String id = new String(record.key(), UTF_8);
        Claim asked = Json.MAPPER.readValue(record.value(), Claim.class);
        Instant at = Instant.ofEpochMilli(record.timestamp());
        Optional<Claim> holds = state.claims().apply(id, asked, at);
        boolean isGranted =
                holds.filter(claim -> claim.claim().equals(asked.claim())).isPresent();
        List<TicketChange> changes = isGranted || holds.isEmpty()
                ? List.of(new TicketChange(id, isGranted ? Change.CLAIMED : Change.RELEASED, asked.by()))
                : List.of();
        return new Changes(changes, Optional.of(new ClaimRead(id, asked, holds, at)), Optional.empty());
    }

    /** Forgets what is too old. */
    synchronized void tidy(Instant now) {
        Instant oldest = now.minus(window);
        state.open().removeIf(open -> open.ticket().at().isBefore(oldest));
        state.claims().removeEnded(now.minus(CLAIM_MEMORY));
    }
}
