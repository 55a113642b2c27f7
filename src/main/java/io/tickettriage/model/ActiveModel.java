package io.tickettriage.model;

/** The model that scores now: one reference, read once per record and swapped whole. */
public final class ActiveModel {
    private volatile TicketModel current;

    /** Starts with {@code first}. */
    public ActiveModel(TicketModel first) {
        this.current = first;
    }

    /** The model to score the next record with. */
    public TicketModel current() {
        return current;
    }

    /** Makes {@code next} the model of all records read from now on. */
    public void swap(TicketModel next) {
        current = next;
    }
}
