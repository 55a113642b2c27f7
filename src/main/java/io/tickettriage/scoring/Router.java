package io.tickettriage.scoring;

import io.tickettriage.message.Routing;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.ReviewReason;
import io.tickettriage.model.TicketModel;
import io.tickettriage.ticket.Ticket;
import java.util.List;
import java.util.Optional;

/** Decides a ticket's queue: business rules first, then the model's review policy, then the routing head's label. */
record Router(Rules rules) {
    Routing route(Ticket ticket, Prediction prediction, TicketModel model) {
        Optional<Rule> rule = rules.firstMatch(ticket, prediction);
        if (rule.isPresent()) {
            String queue = rule.get().then().queue();
            var asked = new ReviewReason(ReviewReason.Kind.RULE, Optional.empty(), 0, 0);
            return new Routing(queue, rule.map(Rule::name), queue.equals(Routing.REVIEW) ? List.of(asked) : List.of());
        }
        List<ReviewReason> reasons = model.reviewPolicy().reasons(prediction);
        String queue = reasons.isEmpty() ? prediction.routing().label() : Routing.REVIEW;
        return new Routing(queue, Optional.empty(), reasons);
    }
}
