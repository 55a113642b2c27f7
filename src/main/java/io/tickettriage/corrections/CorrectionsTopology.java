package io.tickettriage.corrections;

import io.tickettriage.corrections.CorrectionJoin.Event;
import io.tickettriage.corrections.CorrectionJoin.Submitted;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.NeverFailingTimestampExtractor;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.quarantine.GuardedProcessor;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.ticket.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;

/**
 * Submissions and scored tickets in, one labelled example per ticket out. Submissions are always repartitioned by
 * ticket id: a C client's partitioner places most keys elsewhere than Java's. A pure function of its arguments.
 */
public final class CorrectionsTopology {
    static final String DLQ_SINK = "dlq";
    static final String SCORED_DLQ_SINK = "scored-dlq";
    static final String KNOWN_TICKETS = "known-tickets";
    private static final String REPARTITIONED_DLQ_SINK = "submitted-dlq";
    private static final String VALID_SUBMISSIONS = "submitted";
    private static final String REPARTITION = "submissions-by-ticket";
    /** The node in front of the repartition topic, as Kafka Streams names it. */
    static final String BY_TICKET = REPARTITION + "-repartition-filter";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private CorrectionsTopology() {}

    public static Topology build(
            TopicNames names,
            CorrectionDecoder decoder,
            Duration retention,
            CorrectionsMeters meters,
            Quarantine quarantine) {
        StreamsBuilder builder = new StreamsBuilder();
        Consumed<byte[], byte[]> bytes =
                Consumed.with(BYTES, BYTES).withTimestampExtractor(new NeverFailingTimestampExtractor());

        KStream<byte[], byte[]> validated = builder.stream(names.correctionsSubmitted(), bytes.withName("submissions"))
                .process(
                        () -> new GuardedProcessor(
                                new SubmissionProcessor(decoder, meters),
                                quarantine,
                                DLQ_SINK,
                                () -> meters.submissionRejected(RejectReason.QUARANTINED)
                                        .increment()),
                        Named.as("validate"));
        validated.to(names.dlq(), Produced.with(BYTES, BYTES).withName(DLQ_SINK));

        KStream<byte[], byte[]> scored = builder.stream(names.scored(), bytes.withName("scored-tickets"))
                .process(
                        () -> new GuardedProcessor(
                                new ScoredTicketProcessor(meters),
                                quarantine,
                                SCORED_DLQ_SINK,
                                () -> meters.ticketRejected(RejectReason.QUARANTINED)
                                        .increment()),
                        Named.as("read-scored"));
        scored.to(names.dlq(), Produced.with(BYTES, BYTES).withName(SCORED_DLQ_SINK));

        KStream<byte[], byte[]> repartitioned = validated
                .repartition(Repartitioned.with(BYTES, BYTES).withName(REPARTITION))
                .process(
                        () -> new GuardedProcessor(
                                new ForwardingProcessor(VALID_SUBMISSIONS),
                                quarantine,
                                REPARTITIONED_DLQ_SINK,
                                () -> meters.submissionRejected(RejectReason.QUARANTINED)
                                        .increment()),
                        Named.as("read-submitted"));
        repartitioned.to(names.dlq(), Produced.with(BYTES, BYTES).withName(REPARTITIONED_DLQ_SINK));

        KStream<byte[], Event> submitted = repartitioned.mapValues(
                json -> new Submitted(read(json, CorrectionSubmission.class)), Named.as(VALID_SUBMISSIONS));
        KStream<byte[], Event> known = scored.mapValues(json -> read(json, KnownTicket.class), Named.as(KNOWN_TICKETS));

        builder.addStateStore(store(CorrectionJoin.SCORED_TICKETS));
        builder.addStateStore(store(CorrectionJoin.CORRECTIONS));
        submitted
                .merge(known, Named.as("either-side"))
                .process(
                        () -> new CorrectionJoin(retention, meters),
                        Named.as("join"),
                        CorrectionJoin.SCORED_TICKETS,
                        CorrectionJoin.CORRECTIONS)
                .to(names.corrections(), Produced.with(BYTES, BYTES).withName("corrections"));
        return builder.build();
    }

    /** Reads what a processor in front of this one has written. */
    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("a " + type.getSimpleName() + " that was written before cannot be read", e);
        }
    }

    /** A store whose changelog takes whole tickets, as {@code tickets.scored} does. */
    private static StoreBuilder<TimestampedKeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.timestampedKeyValueStoreBuilder(Stores.persistentTimestampedKeyValueStore(name), BYTES, BYTES)
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(SizeLimits.RECORD_BYTES)));
    }
}
