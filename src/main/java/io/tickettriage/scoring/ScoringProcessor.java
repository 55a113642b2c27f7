package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.ticket.RejectedTicket;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Scores each raw record and gives it its key, its headers and its way.
 */
final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], RoutedRecord> {
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
        RecordMetadata source = context().recordMetadata().orElseThrow();
        ScoringOutcome outcome = scorer.score(record, source.topic(), source.partition(), source.offset());
        meters.scoredIn(System.nanoTime() - startNanos);
        meters.waited(context().currentSystemTimeMs() - record.timestamp());
        if (outcome instanceof ScoringOutcome.Scored scored) {
            forward(record, scored);
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            reject(record, rejected.reason());
        }
    }

    private void forward(Record<byte[], byte[]> record, ScoringOutcome.Scored outcome) {
        ScoredTicket scored = outcome.ticket();
        RecordScorer.describe(record.headers(), scored);
        meters.queued(scored);
        byte[] key = scored.ticket().id().getBytes(UTF_8);
        RoutedRecord queued = new RoutedRecord.Queued(scored.routing().queue(), outcome.json());
        context().forward(new Record<>(key, queued, record.timestamp(), record.headers()));
        shadow.compare(scored).ifPresent(comparison -> {
            meters.compared(comparison);
            if (comparison.differs() && shadow.keeps(comparison.ticketId())) {
                byte[] json = comparison.toJson().toString().getBytes(UTF_8);
                context().forward(new Record<>(key, new RoutedRecord.Disputed(json), record.timestamp()));
            }
        });
    }

    private void reject(Record<byte[], byte[]> record, RejectedTicket rejected) {
        meters.rejected(rejected.reason());
        Record<byte[], byte[]> dead = DeadLetter.of(
                record, context().recordMetadata(), rejected.reason().name(), rejected.detail());
        context().forward(dead.withValue(new RoutedRecord.DeadLettered(dead.value())));
    }
}
