package io.tickettriage.cli.replay;

import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.scoring.ScoringOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Scores ranges of {@code tickets.raw} again, one partition after the other, so that the order is always the same. */
final class Replay {
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<RangeOptions.Range> ranges;
    private final RecordScorer scorer;
    private final PrintWriter progress;
    private long records;
    private long scored;
    private long rejected;
    private long reportedNanos = System.nanoTime();

    Replay(
            KafkaConsumer<byte[], byte[]> consumer,
            List<RangeOptions.Range> ranges,
            RecordScorer scorer,
            PrintWriter progress) {
        this.consumer = consumer;
        this.ranges = List.copyOf(ranges);
        this.scorer = scorer;
        this.progress = progress;
    }

    /** How many records there were, and how many of them were tickets. */
    record Counts(long records, long scored, long rejected) {}

    /** Scores every record; {@code seen} gets those that were tickets. */
    Counts run(ReplaySink sink, Consumer<ScoredTicket> seen) throws IOException {
        return run(sink, (record, ticket) -> seen.accept(ticket));
    }

    /** Scores every record twice; {@code seen} gets the ticket as {@code other} scored it, and as this replay did. */
    Counts runBeside(RecordScorer other, ReplaySink sink, BiConsumer<ScoredTicket, ScoredTicket> seen)
            throws IOException {
        return run(sink, (record, ticket) -> {
            if (score(other, record) instanceof ScoringOutcome.Scored before) {
                seen.accept(before.ticket(), ticket);
            }
        });
    }

    private Counts run(ReplaySink sink, BiConsumer<ConsumerRecord<byte[], byte[]>, ScoredTicket> seen)
            throws IOException {
        long total =
                ranges.stream().mapToLong(range -> range.to() - range.from()).sum();
        try {
            for (RangeOptions.Range range : ranges) {
                TopicReader.readRange(consumer, range.partition(), range.from(), range.to(), record -> {
                    take(record, sink, seen);
                    reportProgress(total);
                });
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        sink.finish();
        return new Counts(records, scored, rejected);
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record,
            ReplaySink sink,
            BiConsumer<ConsumerRecord<byte[], byte[]>, ScoredTicket> seen) {
        records++;
        ScoringOutcome outcome = score(scorer, record);
        if (outcome instanceof ScoringOutcome.Scored ticket) {
            scored++;
            seen.accept(record, ticket.ticket());
        } else {
            rejected++;
        }
        try {
            sink.take(record, outcome);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScoringOutcome score(RecordScorer scorer, ConsumerRecord<byte[], byte[]> record) {
        return scorer.score(record.key(), record.value(), record.headers(), SourcePosition.of(record));
    }

    private void reportProgress(long total) {
        long now = System.nanoTime();
        if (now - reportedNanos > PROGRESS_INTERVAL.toNanos()) {
            reportedNanos = now;
            progress.println(records + " of at most " + total + " records");
            progress.flush();
        }
    }
}
