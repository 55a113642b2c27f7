/**
 * The JSON of the topics other than {@code tickets.raw}: scored tickets, correction submissions, labelled examples.
 *
 * <p>One class a message, each with the field names of the contract. This package knows no topic and no Kafka.
 */
@NullMarked
package io.tickettriage.message;

import org.jspecify.annotations.NullMarked;
