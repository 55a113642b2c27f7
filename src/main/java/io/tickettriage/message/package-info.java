/**
 * The JSON of the topics other than {@code tickets.raw}: scored tickets, correction submissions, labelled examples,
 * shadow comparisons. One record a message, whose components are the fields of the contract; read and written by {@code
 * format.Json}. Only {@link io.tickettriage.message.ScoredTicketWriter} writes by hand: it runs for every ticket. This
 * package knows no topic and no Kafka.
 */
package io.tickettriage.message;
