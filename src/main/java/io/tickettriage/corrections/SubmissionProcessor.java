package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.ticket.RejectReason;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Validates submissions: forwards a valid one under its ticket's id, any other as a dead letter. */
final class SubmissionProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final CorrectionDecoder decoder;
    private final CorrectionsMeters meters;

    SubmissionProcessor(CorrectionDecoder decoder, CorrectionsMeters meters) {
        this.decoder = decoder;
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long envelope = DeadLetter.envelopeBytes(record.key(), record.headers());
        DecodedCorrection decoded = envelope > SizeLimits.ENVELOPE_BYTES
                ? new RejectedCorrection(RejectReason.TOO_LARGE, "key and headers have " + envelope + " bytes")
                : decoder.decode(record.value(), record.key(), Instant.ofEpochMilli(record.timestamp()));
        if (decoded instanceof Correction correction && correction.submission().onlyProposes()) {
            meters.proposed.increment();
        } else if (decoded instanceof Correction correction) {
            meters.accepted.increment();
            byte[] key = correction.submission().ticketId().getBytes(UTF_8);
            byte[] json = Json.bytes(correction.submission());
            context().forward(new Record<>(key, json, record.timestamp()), CorrectionsTopology.BY_TICKET);
        } else if (decoded instanceof RejectedCorrection rejected) {
            meters.submissionRejected(rejected.reason()).increment();
            SourcePosition source = SourcePosition.of(context());
            String reason = rejected.reason().name();
            var dead = DeadLetter.of(record.key(), record.value(), record.headers(), source, reason, rejected.detail());
            context().forward(dead.at(record.timestamp()), CorrectionsTopology.DLQ_SINK);
        }
    }
}
