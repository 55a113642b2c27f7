/**
 * All of artifact format version 1, the one of the reference runtime {@code pncraz/tickets-inf}: fields, normaliser,
 * network. In: the JSON of an artifact. Out: a {@link io.tickettriage.model.TicketModel} that scores as the reference
 * does. This package knows nothing of version 2.
 */
package io.tickettriage.model.v1;
