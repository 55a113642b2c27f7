package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.format.Json;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.message.ScoredTicket;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Scores each raw record and forwards what came out to the sinks that {@link ScoringTopology} names. */
final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final RecordScorer scorer;
    private final ShadowScorer shadow;
    private final ScoringMeters meters;

    ScoringProcessor(ScoringTopology.Scorers scorers, ScoringMeters meters) {
        this.scorer = new RecordScorer(scorers.active());
        this.shadow = scorers.shadow();
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long startNanos = System.nanoTime();
        SourcePosition source = SourcePosition.of(context());
        ScoringOutcome outcome = scorer.score(record.key(), record.value(), record.headers(), source);
        meters.scored(System.nanoTime() - startNanos, context().currentSystemTimeMs() - record.timestamp());
        if (outcome instanceof ScoringOutcome.Scored scored) {
            queue(record, scored);
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            meters.rejected(rejected.ticket().reason());
            String reason = rejected.ticket().reason().name();
            String detail = rejected.ticket().detail();
            var dead = DeadLetter.of(record.key(), record.value(), record.headers(), source, reason, detail);
            context().forward(dead.at(record.timestamp()), ScoringTopology.DLQ_SINK);
        }
    }

    private void queue(Record<byte[], byte[]> record, ScoringOutcome.Scored outcome) {
        ScoredTicket scored = outcome.ticket();
        RecordScorer.describe(record.headers(), scored);
        meters.queued(scored);
        Record<byte[], byte[]> output =
                record.withKey(scored.ticket().id().getBytes(UTF_8)).withValue(outcome.json());
        context().forward(output, ScoringTopology.queueSink(scored.routing().queue()));
        context().forward(output, ScoringTopology.SCORED_SINK);
        shadow.compare(scored).ifPresent(comparison -> {
            meters.compared(comparison);
            if (comparison.differs() && shadow.keeps(comparison.ticketId())) {
                byte[] json = Json.bytes(comparison);
                context().forward(new Record<>(output.key(), json, record.timestamp()), ScoringTopology.SHADOW_SINK);
            }
        });
    }
}
