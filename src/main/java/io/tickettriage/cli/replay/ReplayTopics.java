package io.tickettriage.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.scoring.ScoringOutcome;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The topics the scoring role would write to, under other names, with the same keys, values and headers. */
final class ReplayTopics implements ReplaySink {
    private final Producer<byte[], byte[]> producer;
    private final TopicNames names;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Sends with {@code producer}, which is not closed here. */
    ReplayTopics(Producer<byte[], byte[]> producer, TopicNames names) {
        this.producer = producer;
        this.names = names;
    }

    @Override
    public void take(Record<byte[], byte[]> record, Source source, ScoringOutcome outcome) {
        if (outcome instanceof ScoringOutcome.Scored scored) {
            ScoredTicket ticket = scored.ticket();
            byte[] key = ticket.ticket().id().getBytes(UTF_8);
            RecordScorer.describe(record.headers(), ticket);
            send(names.queue(ticket.routing().queue()), key, scored.json(), record.headers());
            send(names.scored(), key, scored.json(), record.headers());
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            Record<byte[], byte[]> dead = DeadLetter.of(
                    record,
                    Optional.of(source),
                    rejected.reason().reason().name(),
                    rejected.reason().detail());
            send(names.dlq(), dead.key(), dead.value(), dead.headers());
        }
    }

    @Override
    public void finish() {
        producer.flush();
        failIfFailed();
    }

    private void send(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        failIfFailed();
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(topic, null, key, value, headers),
                (metadata, e) -> failure.compareAndSet(null, e));
    }

    private void failIfFailed() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(
                    "the replay stopped half way, a record could not be sent: " + failed.getMessage(), failed);
        }
    }
}
