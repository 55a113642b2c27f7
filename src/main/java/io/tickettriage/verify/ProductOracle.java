package io.tickettriage.verify;

import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.DecodedCorrection;
import io.tickettriage.kafka.DeadLetter;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.model.TicketModel;
import io.tickettriage.scoring.RecordScorer;
import io.tickettriage.scoring.ScoringOutcome;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.verify.history.Oracle;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the program itself makes of a record, outside of every stream: each model scores the raw bytes again. */
final class ProductOracle implements Oracle {
    private final Map<String, RecordScorer> scorers = new HashMap<>();
    private final RecordScorer anyScorer;
    private final CorrectionDecoder decoder;

    ProductOracle(
            Map<String, TicketModel> models, Function<TicketModel, RecordScorer> scorerOf, CorrectionDecoder decoder) {
        models.forEach((version, model) -> scorers.put(version, scorerOf.apply(model)));
        this.anyScorer = scorers.values().iterator().next();
        this.decoder = decoder;
    }

    @Override
    public Optional<Expected> ticket(ConsumerRecord<byte[], byte[]> raw, String modelVersion) {
        return Optional.ofNullable(scorers.get(modelVersion)).map(scorer -> score(scorer, raw));
    }

    @Override
    public Expected ticket(ConsumerRecord<byte[], byte[]> raw) {
        return score(anyScorer, raw);
    }

    private static Expected score(RecordScorer scorer, ConsumerRecord<byte[], byte[]> raw) {
        ScoringOutcome outcome = scorer.score(raw.key(), raw.value(), raw.headers(), SourcePosition.of(raw));
        if (outcome instanceof ScoringOutcome.Scored scored) {
            return new Routed(scored.ticket().routing().queue(), scored.json());
        }
        ScoringOutcome.Rejected rejected = (ScoringOutcome.Rejected) outcome;
        return new Rejected(rejected.ticket().reason().name());
    }

    @Override
    public Expected submission(ConsumerRecord<byte[], byte[]> submitted) {
        if (DeadLetter.envelopeBytes(submitted.key(), submitted.headers()) > SizeLimits.ENVELOPE_BYTES) {
            return new Rejected(RejectReason.TOO_LARGE.name());
        }
        DecodedCorrection decoded =
                decoder.decode(submitted.value(), submitted.key(), Instant.ofEpochMilli(submitted.timestamp()));
        return decoded instanceof DecodedCorrection.Correction correction
                ? new Accepted(correction.submission())
                : new Rejected(((DecodedCorrection.RejectedCorrection) decoded)
                        .reason()
                        .name());
    }
}
