package io.tickettriage.corrections;

import io.tickettriage.corrections.CorrectionJoin.Event;
import io.tickettriage.corrections.CorrectionJoin.Submitted;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.NeverFailingTimestampExtractor;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.message.ScoredRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
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
    private static final String REPARTITION = "submissions-by-ticket";
    /** The node in front of the repartition topic, as Kafka Streams names it. */
    static final String BY_TICKET = REPARTITION + "-repartition-filter";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private CorrectionsTopology() {}

    public static Topology build(
            TopicNames names, CorrectionDecoder decoder, Duration retention, CorrectionsMeters meters) {
        StreamsBuilder builder = new StreamsBuilder();
        Consumed<byte[], byte[]> bytes =
                Consumed.with(BYTES, BYTES).withTimestampExtractor(new NeverFailingTimestampExtractor());

        KStream<byte[], byte[]> validated = builder.stream(names.correctionsSubmitted(), bytes.withName("submissions"))
                .process(() -> new SubmissionProcessor(decoder, meters), Named.as("validate"));
        validated.to(names.dlq(), Produced.with(BYTES, BYTES).withName(DLQ_SINK));

        KStream<byte[], Event> submitted = validated
                .repartition(Repartitioned.with(BYTES, BYTES).withName(REPARTITION))
                .mapValues(CorrectionsTopology::submitted, Named.as("submitted"));
        KStream<byte[], Event> scored = builder.stream(names.scored(), bytes.withName("scored-tickets"))
                .filter((id, ticket) -> id != null && ticket != null, Named.as("scored-with-id"))
                .flatMapValues(CorrectionsTopology::scored, Named.as("scored"));

        builder.addStateStore(store(CorrectionJoin.SCORED_TICKETS));
        builder.addStateStore(store(CorrectionJoin.CORRECTIONS));
        submitted
                .merge(scored, Named.as("either-side"))
                .process(
                        () -> new CorrectionJoin(retention, meters),
                        Named.as("join"),
                        CorrectionJoin.SCORED_TICKETS,
                        CorrectionJoin.CORRECTIONS)
                .to(names.corrections(), Produced.with(BYTES, BYTES).withName("corrections"));
        return builder.build();
    }

    private static Event submitted(byte[] json) {
        try {
            return new Submitted(Json.MAPPER.readValue(json, CorrectionSubmission.class));
        } catch (IOException e) {
            throw new UncheckedIOException("a submission that was validated before cannot be read", e);
        }
    }

    /** The event of a scored ticket; none for a ticket without a text. */
    private static List<Event> scored(byte[] json) {
        try {
            return KnownTicket.of(ScoredRecord.read(json))
                    .<List<Event>>map(List::of)
                    .orElse(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("a scored ticket cannot be read", e);
        }
    }

    /** A store whose changelog takes whole tickets, as {@code tickets.scored} does. */
    private static StoreBuilder<TimestampedKeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.timestampedKeyValueStoreBuilder(Stores.persistentTimestampedKeyValueStore(name), BYTES, BYTES)
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(SizeLimits.RECORD_BYTES)));
    }
}
