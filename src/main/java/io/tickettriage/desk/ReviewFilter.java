package io.tickettriage.desk;

import java.util.Optional;

/**
 * Which open tickets are wanted; what is empty does not matter.
 *
 * @param queue the label of the routing head
 * @param reason one of the reasons for review
 * @param alike what {@link OpenTicket#alike} must be
 */
record ReviewFilter(Optional<String> queue, Optional<String> reason, Words words, Optional<String> alike) {
    boolean matches(OpenTicket open) {
        return queue.filter(wanted -> !wanted.equals(open.suggested())).isEmpty()
                && reason.filter(wanted -> !open.reasons().contains(wanted)).isEmpty()
                && alike.filter(wanted -> !wanted.equals(open.alike())).isEmpty()
                && words.matches(open.ticket());
    }
}
