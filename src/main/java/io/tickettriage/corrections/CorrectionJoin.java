package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.format.Json;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.message.LabelledExample.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Joins submissions with scored tickets, whichever comes first, and writes one labelled example per ticket; a tombstone
 * once every label is taken back. What is older than the retention counts as absent, and is removed and counted in the
 * background; age is measured by record time, so a replay ages as the original did.
 */
final class CorrectionJoin extends ContextualProcessor<byte[], CorrectionJoin.Event, byte[], byte[]> {
    static final String SCORED_TICKETS = "scored-tickets";
    static final String CORRECTIONS = "corrections";
    /** What reaches the join, one side or the other: a scored ticket, or a valid submission. */
    sealed interface Event permits KnownTicket, Submitted {}

    record Submitted(CorrectionSubmission submission) implements Event {}

    private static final Duration SLICE_INTERVAL = Duration.ofSeconds(1);

    private final Duration retention;
    private final CorrectionsMeters meters;
    private TimestampedKeyValueStore<byte[], byte[]> tickets;
    private TimestampedKeyValueStore<byte[], byte[]> corrections;
    private StoreExpiry ticketExpiry;
    private StoreExpiry correctionExpiry;

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
        ticketExpiry = new StoreExpiry(tickets, retention);
        correctionExpiry = new StoreExpiry(corrections, retention);
        context.schedule(SLICE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> {
            long streamTime = context.currentStreamTimeMs();
            meters.expired(SCORED_TICKETS).increment(ticketExpiry.removeSlice(streamTime));
            meters.expired(CORRECTIONS).increment(correctionExpiry.removeSlice(streamTime));
        });
    }

    @Override
    public void process(Record<byte[], Event> record) {
        if (record.value() instanceof KnownTicket ticket) {
            put(tickets, record, ticket);
            get(corrections, correctionExpiry, record.key(), CorrectionState.class)
                    .filter(waiting -> !waiting.labels().isEmpty())
                    .ifPresent(waiting -> emit(record, waiting, Optional.of(ticket)));
        } else if (record.value() instanceof Submitted submitted) {
            correctionSubmitted(record, submitted.submission());
        }
    }

    private void correctionSubmitted(Record<byte[], Event> record, CorrectionSubmission submission) {
        Optional<CorrectionState> before = get(corrections, correctionExpiry, record.key(), CorrectionState.class);
        CorrectionState state = before.orElse(CorrectionState.EMPTY);
        CorrectionState next = state.apply(submission);
        if (next.equals(state)) {
            meters.outdated.increment();
            return;
        }
        put(corrections, record, next);
        Optional<KnownTicket> ticket = get(tickets, ticketExpiry, record.key(), KnownTicket.class);
        Map<String, String> predicted = ticket.map(KnownTicket::predicted).orElse(Map.of());
        submission.labels().orElse(Map.of()).forEach((head, label) -> {
            if (predicted.containsKey(head)) {
                meters.judged(head, label.equals(predicted.get(head))).increment();
            }
        });
        if (next.labels().isEmpty()) {
            // Where nothing is known, the example may be older than the retention of what is known.
            if (before.isEmpty() || !state.labels().isEmpty()) {
                context().forward(record.withValue(null));
            }
        } else if (ticket.isPresent() || next.text().isPresent()) {
            emit(record, next, ticket);
        } else {
            meters.waiting.increment();
        }
    }

    private void emit(Record<byte[], Event> record, CorrectionState state, Optional<KnownTicket> ticket) {
        Map<String, String> labels = new TreeMap<>();
        Map<String, Provenance> corrected = new TreeMap<>();
        state.labels().forEach((head, label) -> {
            labels.put(head, label.label());
            corrected.put(head, new Provenance(label.by(), label.at().toString()));
        });
        // A row that brings its own text needs no ticket.
        KnownTicket known = ticket.orElseGet(() -> new KnownTicket(state.text().orElseThrow(), Map.of(), Map.of(), ""));
        String id = new String(record.key(), UTF_8);
        LabelledExample example = new LabelledExample(
                id, known.text(), labels, corrected, known.predicted(), known.metadata(), known.modelVersion());
        meters.emitted.increment();
        context().forward(record.withValue(Json.bytes(example)));
    }

    private static void put(TimestampedKeyValueStore<byte[], byte[]> store, Record<byte[], ?> record, Object value) {
        store.put(record.key(), ValueAndTimestamp.make(Json.bytes(value), record.timestamp()));
    }

    private <T> Optional<T> get(
            TimestampedKeyValueStore<byte[], byte[]> store, StoreExpiry expiry, byte[] key, Class<T> type) {
        ValueAndTimestamp<byte[]> stored = store.get(key);
        if (stored == null || expiry.isExpired(stored.timestamp(), context().currentStreamTimeMs())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(stored.value(), type));
        } catch (IOException e) {
            throw new UncheckedIOException("an entry of the store " + store.name() + " cannot be read", e);
        }
    }
}
