package io.tickettriage.desk;

import io.tickettriage.message.ScoredRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A review ticket that nobody has decided, and what the list of them shows.
 *
 * @param suggested the label of the routing head: the queue it would have gone to
 * @param reasons why it is here, each once
 * @param alike the same for tickets that the same words decided the same way; empty where no words are known
 */
record OpenTicket(
        RoutedTicket ticket,
        String suggested,
        List<String> reasons,
        String title,
        Map<String, String> answers,
        String alike) {
    private static final int TERMS = 3;

    /** The ticket of the review queue, read once. */
    static OpenTicket of(RoutedTicket ticket, String routingHead) {
        ScoredRecord scored = ticket.read();
        Map<String, String> answers = scored.labels();
        String suggested = answers.getOrDefault(routingHead, "");
        List<String> reasons = scored.routing().reasons().stream()
                .map(ScoredRecord.Reason::reason)
                .distinct()
                .toList();
        String terms = scored.explanation().getOrDefault(routingHead, List.of()).stream()
                .map(ScoredRecord.Term::term)
                .limit(TERMS)
                .sorted()
                .collect(Collectors.joining("\n"));
        String alike = terms.isEmpty() ? "" : suggested + "\n" + terms;
        return new OpenTicket(
                ticket, suggested, reasons, RoutedTicket.title(RoutedTicket.text(scored)), answers, alike);
    }
}
