/**
 * Tickets by hand: {@code predict} scores them without Kafka, {@code produce} sends them, {@code tail} shows what became of
 * them.
 */
package io.tickettriage.cli.tickets;
