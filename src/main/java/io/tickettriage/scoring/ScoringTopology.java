package io.tickettriage.scoring;

import io.tickettriage.kafka.NeverFailingTimestampExtractor;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.BranchedKStream;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Raw tickets in, scored tickets out: one branch for rejects, one for each queue, and all that was scored to one topic.
 *
 * <p>Bytes in and bytes out: what cannot be decoded is an ordinary branch inside the same transaction, so no serde hides
 * a failure and no handler decides about a record. A pure function of its arguments; {@code main} and the tests build the
 * very same topology.
 */
public final class ScoringTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private ScoringTopology() {}

    /** What scores for one stream task: the model that is acted on, and the one in its shadow. */
    public record Scorers(TicketScorer active, ShadowScorer shadow) {}

    /**
     * Builds the topology.
     *
     * @param topics what it reads and writes
     * @param scorers makes what scores for each stream task
     * @param meters counts what happens
     */
    public static Topology build(ScoringTopics topics, Supplier<Scorers> scorers, ScoringMeters meters) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], RoutedRecord> routed = builder.stream(
                        topics.raw(),
                        Consumed.with(BYTES, BYTES)
                                .withName("raw-tickets")
                                .withTimestampExtractor(new NeverFailingTimestampExtractor()))
                .process(() -> new ScoringProcessor(scorers.get(), meters), Named.as("score"));

        BranchedKStream<byte[], RoutedRecord> branches = routed.split(Named.as("to-"))
                .branch(
                        (key, record) -> record instanceof RoutedRecord.DeadLettered,
                        Branched.withConsumer(rejected -> write(rejected, topics.dlq(), "dlq"), "dlq"));
        branches = branches.branch(
                (key, record) -> record instanceof RoutedRecord.Disputed,
                Branched.withConsumer(disputed -> write(disputed, topics.shadow(), "shadow"), "shadow"));
        for (String queue : topics.queues()) {
            branches = branches.branch(
                    (key, record) -> record instanceof RoutedRecord.Queued queued
                            && queued.queue().equals(queue),
                    Branched.withConsumer(queued -> write(queued, topics.queue(queue), "queue-" + queue), queue));
        }
        branches.noDefaultBranch();

        KStream<byte[], RoutedRecord> scored =
                routed.filter((key, record) -> record instanceof RoutedRecord.Queued, Named.as("scored-only"));
        write(scored, topics.scored(), "scored");
        return builder.build();
    }

    private static void write(KStream<byte[], RoutedRecord> records, String topic, String name) {
        records.mapValues(RoutedRecord::value, Named.as(name + "-value"))
                .to(topic, Produced.with(BYTES, BYTES).withName(name));
    }
}
