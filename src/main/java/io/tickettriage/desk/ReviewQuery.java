package io.tickettriage.desk;

import java.util.Locale;
import java.util.Optional;

/**
 * Which open tickets are wanted, oldest first; what is empty does not matter.
 *
 * @param queue the label of the routing head
 * @param reason one of the reasons for review
 * @param words all of which the id or the text must have
 * @param like the id of a ticket that the same words decided the same way
 * @param after where the page begins: the cursor of the page before
 * @param limit the most tickets of a page
 */
public record ReviewQuery(
        Optional<String> queue,
        Optional<String> reason,
        String words,
        Optional<String> like,
        Optional<String> after,
        int limit) {

    ReviewFilter filter(OpenTickets open) {
        // A ticket without known words is like no other; nor is one that is not here.
        Optional<String> alike = like.map(id -> open.find(id)
                .map(OpenTicket::alike)
                .filter(key -> !key.isEmpty())
                .orElse("\n" + id));
        return new ReviewFilter(queue, reason, Words.of(words), alike);
    }

    /** Whether a ticket comes after the place where the page begins. */
    boolean isAfter(OpenTicket open) {
        return after.isEmpty() || cursor(open).compareTo(after.get()) > 0;
    }

    /** The place of a ticket in the order; cursors compare as their tickets do. */
    static String cursor(OpenTicket open) {
        return String.format(
                Locale.ROOT,
                "%015d-%s",
                open.ticket().at().toEpochMilli(),
                open.ticket().id());
    }
}
