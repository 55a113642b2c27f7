package io.tickettriage.model;

/** The model that scores now: one reference, read once per record and swapped whole. */
public final class ActiveModel {
    private volatile TicketModel current;

    public ActiveModel(TicketModel first) {
        this.current = first;
    }

    public TicketModel current() {
        return current;
    }

    public void swap(TicketModel next) {
        current = next;
    }
}
