package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.message.ScoredTicket;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.RejectedTicket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores each raw record and gives it its key, its headers and its way. The original headers are kept; those this
 * application sets are set anew.
 */
final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], RoutedRecord> {
    static final String MODEL_VERSION = "triage-model-version";
    static final String QUEUE = "triage-queue";
    static final String REVIEW_REASON = "triage-review-reason";
    static final String HEAD_PREFIX = "triage-";
    static final String REJECT_REASON = "triage-reject-reason";
    static final String ORIGINAL_SIZE = "triage-original-size";
    /** Kafka Streams' own names for what went wrong with a dead letter. */
    static final String ERROR_PREFIX = "__streams.errors.";

    private static final int DEAD_LETTER_BYTES = 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(ScoringProcessor.class);

    private final TicketScorer scorer;
    private final ScoringMeters meters;
    private final int maxRecordBytes;

    ScoringProcessor(TicketScorer scorer, ScoringMeters meters, int maxRecordBytes) {
        this.scorer = scorer;
        this.meters = meters;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long startNanos = System.nanoTime();
        int envelope = envelopeBytes(record);
        if (envelope > maxRecordBytes) {
            rejectEnvelope(record, envelope);
            return;
        }
        ScoringOutcome outcome = scorer.score(rawTicket(record));
        meters.scoredIn(System.nanoTime() - startNanos);
        meters.waited(context().currentSystemTimeMs() - record.timestamp());
        if (outcome instanceof ScoringOutcome.Scored scored) {
            forward(record, scored);
        } else if (outcome instanceof ScoringOutcome.Rejected rejected) {
            reject(record, rejected.reason(), record.headers());
        }
    }

    private RawTicket rawTicket(Record<byte[], byte[]> record) {
        Header contentType = record.headers().lastHeader("content-type");
        boolean plainText = contentType != null
                && contentType.value() != null
                && new String(contentType.value(), UTF_8).startsWith("text/plain");
        RecordMetadata source = context().recordMetadata().orElse(NoSource.INSTANCE);
        return new RawTicket(
                record.value(), record.key(), plainText, source.topic(), source.partition(), source.offset());
    }

    private void forward(Record<byte[], byte[]> record, ScoringOutcome.Scored outcome) {
        ScoredTicket scored = outcome.ticket();
        Headers headers = record.headers();
        set(headers, MODEL_VERSION, scored.model().version());
        set(headers, QUEUE, scored.routing().queue());
        headers.remove(REVIEW_REASON);
        if (!scored.routing().reasons().isEmpty()) {
            set(headers, REVIEW_REASON, reasons(scored.routing().reasons()));
        }
        for (HeadPrediction answer : scored.prediction().heads()) {
            if (answer.head().roles().header()) {
                set(headers, HEAD_PREFIX + answer.head().name(), answer.label());
            }
        }
        meters.queued(scored);
        context().forward(new Record<>(
                scored.ticket().id().getBytes(UTF_8),
                new RoutedRecord.Queued(scored.routing().queue(), outcome.json()),
                record.timestamp(),
                headers));
    }

    private static String reasons(List<ReviewReason> reasons) {
        return reasons.stream().map(r -> r.reason().name()).distinct().collect(Collectors.joining(","));
    }

    private void rejectEnvelope(Record<byte[], byte[]> record, int envelope) {
        RejectedTicket rejected = new RejectedTicket(
                RejectReason.TOO_LARGE,
                "key and headers have " + envelope + " bytes, the limit is " + maxRecordBytes);
        Record<byte[], byte[]> bare = record.withKey(head(record.key(), maxRecordBytes));
        reject(bare, rejected, new RecordHeaders());
    }

    /** Sends a record to the DLQ as it came; of one that is too large, the first part. */
    private void reject(Record<byte[], byte[]> record, RejectedTicket rejected, Headers headers) {
        RecordMetadata source = context().recordMetadata().orElse(NoSource.INSTANCE);
        LOG.warn(
                "rejected {}-{}@{}: {}: {}",
                source.topic(),
                source.partition(),
                source.offset(),
                rejected.reason(),
                rejected.detail());
        meters.rejected(rejected.reason());
        byte[] value = record.value();
        set(headers, REJECT_REASON, rejected.reason().name());
        set(headers, ERROR_PREFIX + "exception", rejected.reason().name());
        set(headers, ERROR_PREFIX + "message", rejected.detail());
        set(headers, ERROR_PREFIX + "topic", source.topic());
        set(headers, ERROR_PREFIX + "partition", Integer.toString(source.partition()));
        set(headers, ERROR_PREFIX + "offset", Long.toString(source.offset()));
        headers.remove(ORIGINAL_SIZE);
        if (rejected.reason() == RejectReason.TOO_LARGE && value != null) {
            set(headers, ORIGINAL_SIZE, Integer.toString(value.length));
            value = head(value, DEAD_LETTER_BYTES);
        }
        context().forward(new Record<>(
                record.key(), new RoutedRecord.DeadLetter(value), record.timestamp(), headers));
    }

    private static byte[] head(byte[] bytes, int limit) {
        return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
    }

    /** What forwarding costs besides the value: compression lets far more through a topic than it takes uncompressed. */
    private static int envelopeBytes(Record<byte[], byte[]> record) {
        int bytes = record.key() == null ? 0 : record.key().length;
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }

    /** Stands in where a record comes from no topic, as in a punctuation. */
    private enum NoSource implements RecordMetadata {
        INSTANCE;

        @Override
        public String topic() {
            return "unknown";
        }

        @Override
        public int partition() {
            return -1;
        }

        @Override
        public long offset() {
            return -1;
        }
    }
}
