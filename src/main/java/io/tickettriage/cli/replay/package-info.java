/**
 * Past tickets scored again: {@code replay} reads a range of {@code tickets.raw}, scores it with any model and shows what would
 * change. Nothing is sent to the topics the tickets came from.
 */
package io.tickettriage.cli.replay;
