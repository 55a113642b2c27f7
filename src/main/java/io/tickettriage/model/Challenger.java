package io.tickettriage.model;

import java.util.Optional;

/** The challenger that scores beside the active model, if there is one. */
public final class Challenger {
    private volatile Optional<TicketModel> current = Optional.empty();

    public Optional<TicketModel> current() {
        return current;
    }

    public void set(Optional<TicketModel> challenger) {
        current = challenger;
    }
}
