/**
 * The network and its file: int8 weights, heads, prediction, review policy, explanation, and the artifact that carries
 * them all.
 *
 * <p>In: a ticket's text and metadata. Out: a {@link io.tickettriage.model.Prediction}. Heads and labels are data; nothing
 * here names one. This package knows neither tickets nor topics.
 */
@NullMarked
package io.tickettriage.model;

import org.jspecify.annotations.NullMarked;
