package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.message.ScoredTicket;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.stream.DeadLetter;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.RejectedTicket;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Scores each raw record and gives it its key, its headers and its way. The original headers are kept; those this
 * application sets are set anew.
 */
final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], RoutedRecord> {
    private static final String MODEL_VERSION = "triage-model-version";
    private static final String QUEUE = "triage-queue";
    private static final String REVIEW_REASON = "triage-review-reason";
    private static final String HEAD_PREFIX = "triage-";

    private final TicketScorer scorer;
    private final ScoringMeters meters;

    ScoringProcessor(TicketScorer scorer, ScoringMeters meters) {
        this.scorer = scorer;
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long startNanos = System.nanoTime();
        int envelope = DeadLetter.envelopeBytes(record);
        ScoringOutcome outcome = envelope > DeadLetter.MAX_ENVELOPE_BYTES
                ? new ScoringOutcome.Rejected(new RejectedTicket(
                        RejectReason.TOO_LARGE,
                        "key and headers have " + envelope + " bytes, the limit is " + DeadLetter.MAX_ENVELOPE_BYTES))
                : scorer.score(rawTicket(record));
        meters.scoredIn(System.nanoTime() - startNanos);
        meters.waited(context().currentSystemTimeMs() - record.timestamp());
        if (outcome instanceof ScoringOutcome.Scored scored) {
            forward(record, scored);
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            reject(record, rejected.reason());
        }
    }

    private RawTicket rawTicket(Record<byte[], byte[]> record) {
        Header contentType = record.headers().lastHeader("content-type");
        boolean plainText = contentType != null
                && contentType.value() != null
                && new String(contentType.value(), UTF_8).startsWith("text/plain");
        RecordMetadata source = context().recordMetadata().orElseThrow();
        return new RawTicket(
                record.value(), record.key(), plainText, source.topic(), source.partition(), source.offset());
    }

    private void forward(Record<byte[], byte[]> record, ScoringOutcome.Scored outcome) {
        ScoredTicket scored = outcome.ticket();
        Headers headers = record.headers();
        DeadLetter.set(headers, MODEL_VERSION, scored.model().version());
        DeadLetter.set(headers, QUEUE, scored.routing().queue());
        headers.remove(REVIEW_REASON);
        if (!scored.routing().reasons().isEmpty()) {
            DeadLetter.set(headers, REVIEW_REASON, names(scored.routing().reasons()));
        }
        for (HeadPrediction answer : scored.prediction().heads()) {
            if (answer.head().roles().header()) {
                DeadLetter.set(headers, HEAD_PREFIX + answer.head().name(), answer.label());
            }
        }
        meters.queued(scored);
        context()
                .forward(new Record<>(
                        scored.ticket().id().getBytes(UTF_8),
                        new RoutedRecord.Queued(scored.routing().queue(), outcome.json()),
                        record.timestamp(),
                        headers));
    }

    private static String names(List<ReviewReason> reasons) {
        return reasons.stream().map(r -> r.reason().name()).distinct().collect(Collectors.joining(","));
    }

    private void reject(Record<byte[], byte[]> record, RejectedTicket rejected) {
        meters.rejected(rejected.reason());
        Record<byte[], byte[]> dead = DeadLetter.of(
                record, context().recordMetadata(), rejected.reason().name(), rejected.detail());
        context().forward(dead.withValue(new RoutedRecord.DeadLettered(dead.value())));
    }
}
