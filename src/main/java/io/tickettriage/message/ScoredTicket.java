package io.tickettriage.message;

import io.tickettriage.model.Explanation;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.TicketModel;
import io.tickettriage.ticket.Ticket;
import java.util.List;
import java.util.Optional;

/**
 * The value of {@code tickets.scored} and of the queues, before it is written. Explanation (per head the terms that
 * decided) and words are empty where they are not wanted; how the network saw the text is there only on the command
 * line.
 */
public record ScoredTicket(
        Ticket ticket,
        Prediction prediction,
        Routing routing,
        TicketModel model,
        List<Explanation> explanation,
        Optional<HumanReadable> humanReadable,
        Optional<ForwardPass.TextView> debug) {}
