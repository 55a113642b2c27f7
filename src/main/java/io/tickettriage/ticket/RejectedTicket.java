package io.tickettriage.ticket;

/**
 * A record that could not be decoded as a ticket.
 *
 * @param reason why, from the closed set of the contract
 * @param detail what exactly was wrong, for people; holds positions and field names, never ticket text
 */
public record RejectedTicket(RejectReason reason, String detail) implements DecodedTicket {}
