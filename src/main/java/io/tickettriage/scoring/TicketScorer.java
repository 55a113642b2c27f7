package io.tickettriage.scoring;

import io.tickettriage.message.HumanReadable;
import io.tickettriage.message.Routing;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.message.ScoredTicket;
import io.tickettriage.message.ScoredTicketWriter;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Explanation;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.ticket.DecodedTicket;
import io.tickettriage.ticket.RawTicket;
import io.tickettriage.ticket.RejectReason;
import io.tickettriage.ticket.RejectedTicket;
import io.tickettriage.ticket.Ticket;
import io.tickettriage.ticket.TicketDecoder;
import java.util.List;
import java.util.Optional;

/**
 * One ticket's way from bytes to outcome: decode, score, route, write. The stream processor, {@code predict} and replay
 * all call this. Each record is scored wholly by the model that is active when it arrives. One instance per thread.
 */
public final class TicketScorer {
    private static final int EXPLAINED_TERMS = 5;

    private final ActiveModel activeModel;
    private final TicketDecoder decoder;
    private final Router router;
    private final Templates templates;
    private final OutputOptions options;
    private final ScoredTicketWriter writer;
    private Predictor predictor;

    public TicketScorer(
            ActiveModel activeModel, TicketDecoder decoder, Rules rules, Templates templates, OutputOptions options) {
        this.activeModel = activeModel;
        this.decoder = decoder;
        this.router = new Router(rules);
        this.templates = templates;
        this.options = options;
        this.writer = new ScoredTicketWriter(options.scores());
        this.predictor = activeModel.current().newPredictor();
    }

    /** Decodes and scores one record. Never throws for what a producer can send. */
    public ScoringOutcome score(RawTicket raw) {
        DecodedTicket decoded = decoder.decode(raw);
        if (decoded instanceof RejectedTicket rejected) {
            return new ScoringOutcome.Rejected(rejected);
        }
        ScoredTicket scored = score((Ticket) decoded);
        byte[] json = writer.write(scored);
        if (json.length > ScoredRecord.MAX_BYTES) {
            String detail = "the scored ticket has " + json.length + " bytes, the limit is " + ScoredRecord.MAX_BYTES;
            return new ScoringOutcome.Rejected(new RejectedTicket(RejectReason.TOO_LARGE, detail));
        }
        return new ScoringOutcome.Scored(scored, json);
    }

    // A swap is a new object, whatever it holds.
    @SuppressWarnings("ReferenceEquality")
    private ScoredTicket score(Ticket ticket) {
        TicketModel model = activeModel.current();
        if (predictor.model() != model) {
            predictor = model.newPredictor();
        }
        Prediction prediction = predictor.predict(ticket.text(), ticket.metadata());
        Routing routing = router.route(ticket, prediction, model);
        boolean explain = options.explanation().includes(routing.requiresReview());
        boolean describe = options.humanReadable().includes(routing.requiresReview());
        List<Explanation> explanation = explain || describe
                ? predictor.explain(ticket.text(), ticket.metadata(), prediction, EXPLAINED_TERMS)
                : List.of();
        Optional<HumanReadable> words =
                describe ? Optional.of(templates.describe(ticket, prediction, routing, explanation)) : Optional.empty();
        Optional<ForwardPass.TextView> debug =
                options.debug() ? Optional.of(predictor.view(ticket.text(), ticket.metadata())) : Optional.empty();
        return new ScoredTicket(ticket, prediction, routing, model, explain ? explanation : List.of(), words, debug);
    }
}
