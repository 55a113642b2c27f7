package io.tickettriage.cli.corrections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.InputLines;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.corrections.DecodedCorrection.RejectedCorrection;
import io.tickettriage.format.Json;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.ticket.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** One submission before it is sent, checked as the application will check it. */
sealed interface SubmissionLine {
    /** It can be applied. */
    record Valid(String ticketId, byte[] json) implements SubmissionLine {}

    /** It would be rejected; {@code line} counts from 1. */
    record Invalid(long line, RejectReason reason, String detail) implements SubmissionLine {}

    /** Checks a line; one that names no submitter gets {@code by}. */
    static SubmissionLine check(InputLines.Line line, String by, CorrectionDecoder decoder) {
        DecodedCorrection decoded = decoder.decode(line.bytes(), null, Instant.now());
        if (decoded instanceof RejectedCorrection rejected) {
            return new Invalid(line.number(), rejected.reason(), rejected.detail());
        }
        CorrectionSubmission submission = ((Correction) decoded).submission();
        if (!submission.by().isEmpty() || by.isEmpty()) {
            return new Valid(submission.ticketId(), line.bytes());
        }
        try {
            ObjectNode json = (ObjectNode) Json.tree(line.bytes());
            byte[] named = Json.bytes(json.put("submitted_by", by));
            return check(new InputLines.Line(line.number(), named), by, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException("the decoder has read this object before", e);
        }
    }
}
