package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.ticket.TicketDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Joins submissions with scored tickets, whichever comes first, and writes one labelled example per ticket; a tombstone
 * once every label is taken back.
 *
 * <p>Two stores, both by ticket id: {@link #SCORED_TICKETS} and {@link #CORRECTIONS}. What is older than the retention is
 * removed and counted; age is measured by record time, so a replay ages as the original did.
 */
final class CorrectionJoin extends ContextualProcessor<byte[], CorrectionEvent, byte[], byte[]> {
    static final String SCORED_TICKETS = "scored-tickets";
    static final String CORRECTIONS = "corrections";

    private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TicketDecoder decoder = new TicketDecoder(Integer.MAX_VALUE);
    private final Duration retention;
    private final CorrectionsMeters meters;
    private TimestampedKeyValueStore<byte[], byte[]> tickets;
    private TimestampedKeyValueStore<byte[], byte[]> corrections;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    CorrectionJoin(Duration retention, CorrectionsMeters meters) {
        this.retention = retention;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        tickets = context.getStateStore(SCORED_TICKETS);
        corrections = context.getStateStore(CORRECTIONS);
        context.schedule(CLEANING_INTERVAL, PunctuationType.STREAM_TIME, now -> {
            meters.expired(SCORED_TICKETS, removeOlder(tickets, now - retention.toMillis()));
            meters.expired(CORRECTIONS, removeOlder(corrections, now - retention.toMillis()));
        });
    }

    @Override
    public void process(Record<byte[], CorrectionEvent> record) {
        if (record.value() instanceof CorrectionEvent.TicketScored scored) {
            ticketScored(record, scored);
        } else if (record.value() instanceof CorrectionEvent.CorrectionSubmitted submitted) {
            correctionSubmitted(record, submitted);
        }
    }

    private void ticketScored(Record<byte[], CorrectionEvent> record, CorrectionEvent.TicketScored scored) {
        Optional<KnownTicket> ticket = KnownTicket.ofScored(parse(scored.json()), decoder);
        if (ticket.isEmpty()) {
            return;
        }
        tickets.put(record.key(), stored(ticket.get().toJson(), record.timestamp()));
        ValueAndTimestamp<byte[]> waiting = corrections.get(record.key());
        if (waiting != null) {
            CorrectionState state = CorrectionState.fromJson(parse(waiting.value()));
            if (!state.labels().isEmpty()) {
                emit(record, state, ticket);
            }
        }
    }

    private void correctionSubmitted(
            Record<byte[], CorrectionEvent> record, CorrectionEvent.CorrectionSubmitted event) {
        CorrectionSubmission submission = CorrectionSubmission.fromJson(parse(event.json()));
        ValueAndTimestamp<byte[]> before = corrections.get(record.key());
        CorrectionState state =
                before == null ? CorrectionState.EMPTY : CorrectionState.fromJson(parse(before.value()));
        CorrectionState next = state.apply(submission);
        if (next.equals(state)) {
            meters.outdated();
            return;
        }
        corrections.put(record.key(), stored(next.toJson(), record.timestamp()));
        ValueAndTimestamp<byte[]> known = tickets.get(record.key());
        Optional<KnownTicket> ticket =
                known == null ? Optional.empty() : Optional.of(KnownTicket.fromJson(parse(known.value())));
        ticket.ifPresent(t -> submission.labels().forEach((head, label) -> {
            if (t.predicted().containsKey(head)) {
                meters.judged(head, label.equals(t.predicted().get(head)));
            }
        }));
        if (next.labels().isEmpty()) {
            // Where nothing is known, the example may be older than the retention of what is known.
            if (before == null || !state.labels().isEmpty()) {
                context().forward(record.withValue(null));
            }
        } else if (ticket.isPresent() || next.text().isPresent()) {
            emit(record, next, ticket);
        } else {
            meters.waiting();
        }
    }

    private void emit(Record<byte[], CorrectionEvent> record, CorrectionState state, Optional<KnownTicket> ticket) {
        Map<String, String> labels = new TreeMap<>();
        Map<String, LabelledExample.Provenance> corrected = new TreeMap<>();
        state.labels().forEach((head, label) -> {
            labels.put(head, label.label());
            corrected.put(
                    head, new LabelledExample.Provenance(label.by(), label.at().toString()));
        });
        LabelledExample example = new LabelledExample(
                new String(record.key(), UTF_8),
                ticket.map(KnownTicket::text).or(state::text).orElseThrow(),
                labels,
                corrected,
                ticket.map(KnownTicket::predicted).orElse(Map.of()),
                ticket.map(KnownTicket::metadata).orElse(Map.of()),
                ticket.map(KnownTicket::modelVersion).orElse(""));
        meters.emitted();
        context().forward(record.withValue(io.tickettriage.format.Json.bytes(example)));
    }

    private static long removeOlder(TimestampedKeyValueStore<byte[], byte[]> store, long oldestMillis) {
        long removed = 0;
        try (KeyValueIterator<byte[], ValueAndTimestamp<byte[]>> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], ValueAndTimestamp<byte[]>> entry = all.next();
                if (entry.value.timestamp() < oldestMillis) {
                    store.delete(entry.key);
                    removed++;
                }
            }
        }
        return removed;
    }

    private static ValueAndTimestamp<byte[]> stored(JsonNode json, long timestamp) {
        return ValueAndTimestamp.make(json.toString().getBytes(UTF_8), timestamp);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a record this application wrote is no JSON", e);
        }
    }
}
