package io.tickettriage.scoring;

import io.tickettriage.message.ScoredTicket;
import io.tickettriage.message.ShadowComparison;
import io.tickettriage.message.ShadowComparison.Side;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.ticket.Ticket;
import java.util.Optional;

/** Lets a challenger answer beside the active model; nothing it says reaches a queue. One instance per thread. */
public final class ShadowScorer {
    private final Challenger challenger;
    private final Router router;
    private final int samplePercent;
    private Optional<Predictor> predictor = Optional.empty();

    /** A scorer that keeps {@code samplePercent} in a hundred disputed tickets as examples. */
    public ShadowScorer(Challenger challenger, Rules rules, int samplePercent) {
        this.challenger = challenger;
        this.samplePercent = samplePercent;
        this.router = new Router(rules);
    }

    /** Whether a disputed ticket is kept: by its id, so that the same tickets are kept on every replay. */
    boolean keeps(String ticketId) {
        return Math.floorMod(ticketId.hashCode(), 100) < samplePercent;
    }

    /** Both answers to a ticket; empty while there is no challenger. */
    // A swap is a new object, whatever it holds.
    @SuppressWarnings("ReferenceEquality")
    Optional<ShadowComparison> compare(ScoredTicket scored) {
        Optional<TicketModel> model = challenger.current();
        if (model.isEmpty()) {
            predictor = Optional.empty();
            return Optional.empty();
        }
        if (predictor.isEmpty() || predictor.get().model() != model.get()) {
            predictor = model.map(TicketModel::newPredictor);
        }
        Ticket ticket = scored.ticket();
        return predictor.map(shadow -> {
            Prediction prediction = shadow.predict(ticket.text(), ticket.metadata());
            String queue = router.route(ticket, prediction, shadow.model()).queue();
            Side active = Side.of(scored.model().version(), scored.routing().queue(), scored.prediction());
            return ShadowComparison.of(
                    ticket.id(), active, Side.of(shadow.model().version(), queue, prediction));
        });
    }
}
