/**
 * Corrections by hand: {@code corrections submit} says which labels were wrong, {@code corrections export} writes the
 * examples they became.
 */
package io.tickettriage.cli.corrections;
