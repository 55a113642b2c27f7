/**
 * What a ticket is. The bytes of {@code tickets.raw} become a {@link io.tickettriage.ticket.Ticket}, or a {@link
 * io.tickettriage.ticket.RejectedTicket} with its reason. In: value, key and position of one record. Out: a {@link
 * io.tickettriage.ticket.DecodedTicket}. This package knows neither Kafka nor the model.
 */
package io.tickettriage.ticket;
