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
    /** Whether no ticket is unwanted. */
    boolean wantsAll() {
        return queue.isEmpty() && reason.isEmpty() && alike.isEmpty() && readsNothing();
    }

    /** Whether a ticket need not be read to know whether it is wanted. */
    boolean readsNothing() {
        return words.words().isEmpty();
    }

    /** Whether it is wanted as far as can be told without reading it. */
    boolean isOfKind(OpenTicket open) {
        return queue.filter(wanted -> !wanted.equals(open.suggested())).isEmpty()
                && reason.filter(wanted -> !open.reasons().contains(wanted)).isEmpty()
                && alike.filter(wanted -> !wanted.equals(open.alike())).isEmpty();
    }

    /** Whether it has the words; among thousands that takes a second, and others must not wait for it. */
    boolean hasWords(OpenTicket open) {
        return words.matches(open.ticket());
    }
}
