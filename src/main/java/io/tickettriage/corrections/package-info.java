/**
 * One correction's way: validate a submission, join it with the scored ticket whichever comes first, keep one labelled
 * example per ticket. In: {@code tickets.corrections.submitted} and {@code tickets.scored}. Out: {@code
 * tickets.corrections}, compacted, and the DLQ. {@link io.tickettriage.corrections.CorrectionsExport} turns the topic
 * into {@code corrections.jsonl}. This package knows the taxonomy, not the active model, so that a new class can be
 * learnt.
 */
package io.tickettriage.corrections;
