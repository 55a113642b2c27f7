/**
 * What a person reads about a training: one HTML file with everything in it.
 *
 * <p>In: the result of a training. Out: a page. This package decides nothing.
 */
package io.tickettriage.training.report;
