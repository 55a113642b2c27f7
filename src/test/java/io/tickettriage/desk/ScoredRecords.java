package io.tickettriage.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.TopicNames;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as the desk reads them, written at seconds after a beginning. */
final class ScoredRecords {
    static final Instant BEGINNING = Instant.parse("2026-11-20T10:00:00Z");
    private long offset;

    static Instant second(int second) {
        return BEGINNING.plusSeconds(second);
    }

    /** A ticket on the review queue, whose department is in doubt. */
    ConsumerRecord<byte[], byte[]> review(String id, String text, int second) {
        return scored(TopicNames.PLAIN.queue("review"), id, text, "review", second);
    }

    ConsumerRecord<byte[], byte[]> scored(String topic, String id, String text, String queue, int second) {
        String json = """
                {"ticket":{"id":"%s","text":"%s"},\
                "prediction":{"department":{"label":"billing","confidence":0.41},"intent":{"label":"refund","confidence":0.9}},\
                "intent_top_k":[{"label":"refund","confidence":0.9}],\
                "routing":{"queue":"%s","requires_review":true,"rule":null,\
                "reasons":[{"reason":"LOW_CONFIDENCE","head":"department","value":0.41,"threshold":0.55}]},\
                "explanation":{"department":[{"term":"%s","weight":0.6}]},\
                "model":{"version":"m1","sha256":"ab"}}""".formatted(id, text, queue, text.split(" ", 2)[0]);
        RecordHeaders headers = new RecordHeaders();
        headers.add("triage-queue", queue.getBytes(UTF_8));
        headers.add("triage-model-version", "m1".getBytes(UTF_8));
        if (queue.equals("review")) {
            headers.add("triage-review-reason", "LOW_CONFIDENCE".getBytes(UTF_8));
        }
        return record(topic, id, json, second, headers);
    }

    ConsumerRecord<byte[], byte[]> submission(String id, String labels, String by, int second, String... key) {
        String json = "{\"ticket_id\":\"%s\",\"labels\":%s,\"submitted_by\":\"%s\"}".formatted(id, labels, by);
        RecordHeaders headers = new RecordHeaders();
        if (key.length > 0) {
            headers.add(Submission.IDEMPOTENCY_KEY, key[0].getBytes(UTF_8));
        }
        return record(TopicNames.PLAIN.correctionsSubmitted(), id, json, second, headers);
    }

    ConsumerRecord<byte[], byte[]> record(String topic, String key, String value, int second) {
        return record(topic, key, value, second, new RecordHeaders());
    }

    private ConsumerRecord<byte[], byte[]> record(
            String topic, String key, String value, int second, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset++,
                second(second).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                key.length(),
                value.length(),
                key.getBytes(UTF_8),
                value.getBytes(UTF_8),
                headers,
                Optional.empty());
    }
}
