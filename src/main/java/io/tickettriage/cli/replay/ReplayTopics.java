package io.tickettriage.cli.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.RecordSender;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.ticket.RejectedTicket;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The topics the scoring role would write to, under other names, with the same keys, values and headers. */
record ReplayTopics(RecordSender sender, TopicNames names) implements Replay.Sink {
    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, ScoringOutcome outcome) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        if (outcome instanceof ScoringOutcome.Scored scored) {
            ScoredTicket ticket = scored.ticket();
            byte[] key = ticket.ticket().id().getBytes(UTF_8);
            RecordScorer.describe(headers, ticket);
            send(names.queue(ticket.routing().queue()), key, scored.json(), headers);
            send(names.scored(), key, scored.json(), headers);
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            RejectedTicket why = rejected.ticket();
            SourcePosition source = SourcePosition.of(record);
            DeadLetter dead = DeadLetter.of(
                    record.key(), record.value(), headers, source, why.reason().name(), why.detail());
            send(names.dlq(), dead.key(), dead.value(), dead.headers());
        }
    }

    private void send(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        sender.send(new ProducerRecord<>(topic, null, key, value, headers));
    }
}
