package io.tickettriage.verify.history;

import io.tickettriage.message.CorrectionSubmission;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What must come of a record, worked out again from its bytes alone. */
public interface Oracle {
    sealed interface Expected permits Routed, Accepted, Rejected {}

    /** A ticket in a queue, with this value. */
    record Routed(String queue, byte[] value) implements Expected {}

    /** A submission that counts. */
    record Accepted(CorrectionSubmission submission) implements Expected {}

    /** A dead letter with this reason. */
    record Rejected(String reason) implements Expected {}

    /** What a model makes of a record of {@code tickets.raw}; empty if there is no such model. */
    Optional<Expected> ticket(ConsumerRecord<byte[], byte[]> raw, String modelVersion);

    /** What becomes of a record of {@code tickets.raw} that no model has answered. */
    Expected ticket(ConsumerRecord<byte[], byte[]> raw);

    /** What becomes of a record of {@code tickets.corrections.submitted}. */
    Expected submission(ConsumerRecord<byte[], byte[]> submitted);
}
