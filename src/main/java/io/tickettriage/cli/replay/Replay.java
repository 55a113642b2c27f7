package io.tickettriage.cli.replay;

import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.scoring.ScoringOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Scores ranges of {@code tickets.raw} again, one partition after the other, so that the order is always the same. */
final class Replay {
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    private final RecordScorer scorer;
    private final PrintWriter progress;
    private long records;
    private long scored;
    private long reportedNanos = System.nanoTime();

    Replay(RecordScorer scorer, PrintWriter progress) {
        this.scorer = scorer;
        this.progress = progress;
    }

    /** Takes the outcomes. */
    interface Sink {
        void take(ConsumerRecord<byte[], byte[]> record, ScoringOutcome outcome) throws IOException;
    }

    /** Scores every record of the ranges; each sink gets every outcome. */
    void run(KafkaConsumer<byte[], byte[]> consumer, List<RangeOptions.Range> ranges, List<Sink> sinks)
            throws IOException {
        long total =
                ranges.stream().mapToLong(range -> range.to() - range.from()).sum();
        try {
            for (RangeOptions.Range range : ranges) {
                TopicReader.readRange(
                        consumer, range.partition(), range.from(), range.to(), record -> take(record, sinks, total));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, List<Sink> sinks, long total) {
        records++;
        ScoringOutcome outcome = score(scorer, record);
        scored += outcome instanceof ScoringOutcome.Scored ? 1 : 0;
        try {
            for (Sink sink : sinks) {
                sink.take(record, outcome);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long now = System.nanoTime();
        if (now - reportedNanos > PROGRESS_INTERVAL.toNanos()) {
            reportedNanos = now;
            progress.println(records + " of at most " + total + " records");
        }
    }

    static ScoringOutcome score(RecordScorer scorer, ConsumerRecord<byte[], byte[]> record) {
        return scorer.score(record.key(), record.value(), record.headers(), SourcePosition.of(record));
    }

    long records() {
        return records;
    }

    long scored() {
        return scored;
    }
}
