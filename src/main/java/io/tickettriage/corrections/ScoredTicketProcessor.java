package io.tickettriage.corrections;

import io.tickettriage.format.Json;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.ticket.InvalidInputException;
import io.tickettriage.ticket.RejectReason;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes from each scored ticket what the join needs, as JSON; anything else on its topic becomes a dead letter. */
final class ScoredTicketProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final CorrectionsMeters meters;

    ScoredTicketProcessor(CorrectionsMeters meters) {
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            KnownTicket known = read(record);
            context().forward(record.withValue(Json.bytes(known)), CorrectionsTopology.KNOWN_TICKETS);
        } catch (InvalidInputException e) {
            meters.ticketRejected(e.reason()).increment();
            SourcePosition source = SourcePosition.of(context());
            String reason = e.reason().name();
            var dead = DeadLetter.of(record.key(), record.value(), record.headers(), source, reason, e.detail());
            context().forward(dead.at(record.timestamp()), CorrectionsTopology.SCORED_DLQ_SINK);
        }
    }

    private static KnownTicket read(Record<byte[], byte[]> record) throws InvalidInputException {
        byte @Nullable [] key = record.key();
        if (key == null) {
            throw new InvalidInputException(RejectReason.NO_TICKET, "a scored ticket has no key");
        }
        long envelope = DeadLetter.envelopeBytes(key, record.headers());
        if (envelope > SizeLimits.ENVELOPE_BYTES) {
            throw new InvalidInputException(RejectReason.TOO_LARGE, "key and headers have " + envelope + " bytes");
        }
        return KnownTicket.read(record.value(), ScoredRecord.MAX_BYTES);
    }
}
