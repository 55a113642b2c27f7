/**
 * One class per command; the only place that wires the other packages together.
 *
 * <p>Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 failed or refused, 2 wrong
 * usage.
 */
package io.tickettriage.cli;
