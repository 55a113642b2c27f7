package io.tickettriage.scoring;

import io.tickettriage.kafka.NeverFailingTimestampExtractor;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.quarantine.GuardedProcessor;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.ticket.RejectReason;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Raw tickets in, scored tickets out: one source, one processor, and one sink for each topic that is written. Bytes in
 * and bytes out: a record that is no ticket is an ordinary output inside the same transaction, so no serde hides a
 * failure and no handler decides about a record. A pure function of its arguments.
 */
public final class ScoringTopology {
    static final String SCORED_SINK = "scored";
    static final String SHADOW_SINK = "shadow";
    static final String DLQ_SINK = "dlq";
    private static final String SOURCE = "raw-tickets";
    private static final String PROCESSOR = "score";

    private ScoringTopology() {}

    /** What scores for one stream task: the model that is acted on, and the one in its shadow. */
    public record Scorers(TicketScorer active, ShadowScorer shadow) {}

    /** Builds the topology for the queues that exist, {@code review} among them; {@code scorers} are made per stream task. */
    public static Topology build(
            TopicNames names,
            SortedSet<String> queues,
            Supplier<Scorers> scorers,
            ScoringMeters meters,
            Quarantine quarantine) {
        var bytes = new ByteArrayDeserializer();
        AutoOffsetReset byConsumer = null; // Where a new group starts is the consumer's own setting.
        Topology topology = new Topology()
                .addSource(byConsumer, SOURCE, new NeverFailingTimestampExtractor(), bytes, bytes, names.raw())
                .addProcessor(
                        PROCESSOR,
                        () -> new GuardedProcessor(
                                new ScoringProcessor(scorers.get(), meters),
                                quarantine,
                                DLQ_SINK,
                                () -> meters.rejected(RejectReason.QUARANTINED)),
                        SOURCE);
        addSink(topology, DLQ_SINK, names.dlq());
        addSink(topology, SHADOW_SINK, names.shadow());
        addSink(topology, SCORED_SINK, names.scored());
        queues.forEach(queue -> addSink(topology, queueSink(queue), names.queue(queue)));
        return topology;
    }

    static String queueSink(String queue) {
        return "queue-" + queue;
    }

    private static void addSink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
    }
}
