/**
 * One ticket's way: decode, score, route, write. {@link io.tickettriage.scoring.TicketScorer} is the whole of it
 * without Kafka, for the command line and replay; {@link io.tickettriage.scoring.ScoringTopology} puts it between the
 * topics. Stateless: any instance can score any ticket.
 */
package io.tickettriage.scoring;
