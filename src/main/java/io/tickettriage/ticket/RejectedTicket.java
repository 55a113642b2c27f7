package io.tickettriage.ticket;

/** A record that is no ticket; the detail says to people what was wrong, by positions and field names, never ticket text. */
public record RejectedTicket(RejectReason reason, String detail) implements DecodedTicket {}
