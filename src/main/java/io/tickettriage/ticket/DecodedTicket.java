package io.tickettriage.ticket;

/** The outcome of decoding one record: a ticket, or the reason why it is none. */
public sealed interface DecodedTicket permits Ticket, RejectedTicket {}
