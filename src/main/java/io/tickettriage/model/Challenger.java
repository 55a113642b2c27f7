package io.tickettriage.model;

import java.util.Optional;

/** The challenger that scores beside the active model, if there is one. */
public final class Challenger {
    private volatile Optional<TicketModel> current = Optional.empty();

    /** The challenger for the next record. */
    public Optional<TicketModel> current() {
        return current;
    }

    /** Replaces it. */
    public void set(Optional<TicketModel> challenger) {
        current = challenger;
    }
}
