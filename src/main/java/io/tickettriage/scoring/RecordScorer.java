package io.tickettriage.scoring;

import static java.util.stream.Collectors.joining;

import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.RejectedTicket;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Scores records and sets the headers of the outputs: what the stream processor and replay share. One per thread. */
public final class RecordScorer {
    private final TicketScorer scorer;

    public RecordScorer(TicketScorer scorer) {
        this.scorer = scorer;
    }

    /** Scores one record. Never throws for what a producer can send. */
    public ScoringOutcome score(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers, SourcePosition source) {
        long envelope = DeadLetter.envelopeBytes(key, headers);
        if (envelope > SizeLimits.ENVELOPE_BYTES) {
            String detail = "key and headers have " + envelope + " bytes, the limit is " + SizeLimits.ENVELOPE_BYTES;
            return new ScoringOutcome.Rejected(new RejectedTicket(RejectReason.TOO_LARGE, detail));
        }
        boolean plainText = HeaderNames.text(headers, HeaderNames.CONTENT_TYPE).startsWith("text/plain");
        return scorer.score(new RawTicket(value, key, plainText, source.topic(), source.partition(), source.offset()));
    }

    /** Sets the headers of a scored ticket anew; all others are kept. */
    public static void describe(Headers headers, ScoredTicket scored) {
        HeaderNames.set(headers, HeaderNames.MODEL_VERSION, scored.model().version());
        HeaderNames.set(headers, HeaderNames.QUEUE, scored.routing().queue());
        headers.remove(HeaderNames.REVIEW_REASON);
        List<ReviewReason> reasons = scored.routing().reasons();
        if (!reasons.isEmpty()) {
            String names =
                    reasons.stream().map(r -> r.reason().name()).distinct().collect(joining(","));
            HeaderNames.set(headers, HeaderNames.REVIEW_REASON, names);
        }
        for (HeadPrediction answer : scored.prediction().heads()) {
            if (answer.head().roles().header()) {
                HeaderNames.set(headers, HeaderNames.HEAD_PREFIX + answer.head().name(), answer.label());
            }
        }
    }
}
