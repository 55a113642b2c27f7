package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.Reason;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.message.CorrectionSubmission;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Validates submissions: a valid one goes on under its ticket's id, another one to the DLQ. */
final class SubmissionProcessor
        extends ContextualProcessor<byte[], byte[], byte[], SubmissionProcessor.ValidatedSubmission> {

    /** A submission after validation. */
    sealed interface ValidatedSubmission {
        byte[] value();

        /** It can be applied. */
        record Valid(byte[] value) implements ValidatedSubmission {}

        /** It goes to the DLQ. */
        record Dead(byte[] value) implements ValidatedSubmission {}
    }

    private final CorrectionDecoder decoder;
    private final CorrectionsMeters meters;

    SubmissionProcessor(CorrectionDecoder decoder, CorrectionsMeters meters) {
        this.decoder = decoder;
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        int envelope = DeadLetter.envelopeBytes(record);
        DecodedCorrection decoded = envelope > DeadLetter.MAX_ENVELOPE_BYTES
                ? new RejectedCorrection(Reason.TOO_LARGE, "key and headers have " + envelope + " bytes")
                : decoder.decode(record.value(), record.key(), Instant.ofEpochMilli(record.timestamp()));
        if (decoded instanceof Correction correction) {
            CorrectionSubmission submission = correction.submission();
            meters.accepted();
            context()
                    .forward(new Record<>(
                            submission.ticketId().getBytes(UTF_8),
                            new ValidatedSubmission.Valid(
                                    submission.toJson().toString().getBytes(UTF_8)),
                            record.timestamp(),
                            new RecordHeaders()));
        } else if (decoded instanceof RejectedCorrection rejected) {
            meters.rejected(rejected.reason());
            Record<byte[], byte[]> dead = DeadLetter.of(
                    record, context().recordMetadata(), rejected.reason().name(), rejected.detail());
            context().forward(dead.withValue(new ValidatedSubmission.Dead(dead.value())));
        }
    }
}
