package io.tickettriage.corrections;

import io.tickettriage.corrections.SubmissionProcessor.ValidatedSubmission;
import io.tickettriage.kafka.NeverFailingTimestampExtractor;
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
 * Submissions and scored tickets in, one labelled example per ticket out.
 *
 * <p>Submissions are always repartitioned by ticket id: a C client's partitioner places most keys elsewhere than Java's.
 * A pure function of its arguments.
 */
public final class CorrectionsTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    /** A changelog entry holds a ticket's text, so it needs the room of {@code tickets.scored}. */
    private static final Map<String, String> CHANGELOG = Map.of("max.message.bytes", "4194304");

    private CorrectionsTopology() {}

    /** The topics of the role, by their full names. */
    public record CorrectionTopics(String submitted, String scored, String corrections, String dlq) {}

    /** Builds the topology. */
    public static Topology build(
            CorrectionTopics topics, CorrectionDecoder decoder, Duration retention, CorrectionsMeters meters) {
        StreamsBuilder builder = new StreamsBuilder();
        Consumed<byte[], byte[]> bytes =
                Consumed.with(BYTES, BYTES).withTimestampExtractor(new NeverFailingTimestampExtractor());

        KStream<byte[], ValidatedSubmission> validated = builder.stream(
                        topics.submitted(), bytes.withName("submissions"))
                .process(() -> new SubmissionProcessor(decoder, meters), Named.as("validate"));
        validated
                .filter((key, submission) -> submission instanceof ValidatedSubmission.Dead, Named.as("invalid"))
                .mapValues(ValidatedSubmission::value, Named.as("dlq-value"))
                .to(topics.dlq(), Produced.with(BYTES, BYTES).withName("dlq"));

        KStream<byte[], CorrectionEvent> submitted = validated
                .filter((key, submission) -> submission instanceof ValidatedSubmission.Valid, Named.as("valid"))
                .mapValues(ValidatedSubmission::value, Named.as("submission-value"))
                .repartition(Repartitioned.with(BYTES, BYTES).withName("submissions-by-ticket"))
                .mapValues(CorrectionEvent.CorrectionSubmitted::new, Named.as("submitted"));
        KStream<byte[], CorrectionEvent> scored = builder.stream(topics.scored(), bytes.withName("scored-tickets"))
                .filter((id, ticket) -> id != null && ticket != null, Named.as("scored-with-id"))
                .mapValues(CorrectionEvent.TicketScored::new, Named.as("scored"));

        builder.addStateStore(store(CorrectionJoin.SCORED_TICKETS));
        builder.addStateStore(store(CorrectionJoin.CORRECTIONS));
        submitted
                .merge(scored, Named.as("either-side"))
                .process(
                        () -> new CorrectionJoin(retention, meters),
                        Named.as("join"),
                        CorrectionJoin.SCORED_TICKETS,
                        CorrectionJoin.CORRECTIONS)
                .to(topics.corrections(), Produced.with(BYTES, BYTES).withName("corrections"));
        return builder.build();
    }

    private static StoreBuilder<TimestampedKeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.timestampedKeyValueStoreBuilder(Stores.persistentTimestampedKeyValueStore(name), BYTES, BYTES)
                .withLoggingEnabled(CHANGELOG);
    }
}
