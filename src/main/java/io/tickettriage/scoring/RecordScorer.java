package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.RejectedTicket;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Scores records of {@code tickets.raw} and sets the headers of the outputs: what the stream processor and replay share.
 *
 * <p>One instance per thread, as its {@link TicketScorer}.
 */
public final class RecordScorer {
    private static final String MODEL_VERSION = "triage-model-version";
    private static final String QUEUE = "triage-queue";
    private static final String REVIEW_REASON = "triage-review-reason";
    private static final String HEAD_PREFIX = "triage-";

    private final TicketScorer scorer;

    /** Scores with {@code scorer}. */
    public RecordScorer(TicketScorer scorer) {
        this.scorer = scorer;
    }

    /**
     * Scores one record. Never throws for what a producer can send.
     *
     * @param topic where it was read; with partition and offset the id of a ticket that has none of its own
     */
    public ScoringOutcome score(Record<byte[], byte[]> record, String topic, int partition, long offset) {
        int envelope = DeadLetter.envelopeBytes(record);
        if (envelope > DeadLetter.MAX_ENVELOPE_BYTES) {
            return new ScoringOutcome.Rejected(new RejectedTicket(
                    RejectReason.TOO_LARGE,
                    "key and headers have " + envelope + " bytes, the limit is " + DeadLetter.MAX_ENVELOPE_BYTES));
        }
        Header contentType = record.headers().lastHeader("content-type");
        boolean plainText = contentType != null
                && contentType.value() != null
                && new String(contentType.value(), UTF_8).startsWith("text/plain");
        return scorer.score(new RawTicket(record.value(), record.key(), plainText, topic, partition, offset));
    }

    /** Sets the headers of a scored ticket anew; all others are kept. */
    public static void describe(Headers headers, ScoredTicket scored) {
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
    }

    private static String names(List<ReviewReason> reasons) {
        return reasons.stream().map(r -> r.reason().name()).distinct().collect(Collectors.joining(","));
    }
}
