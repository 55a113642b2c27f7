/**
 * The questions a model answers: heads and their labels, and the heuristics that fill in weak labels. In: a taxonomy
 * file. Out: a {@link io.tickettriage.taxonomy.Taxonomy}, and whether a label belongs to it. This package knows neither
 * weights nor tickets.
 */
package io.tickettriage.taxonomy;
