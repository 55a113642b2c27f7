/**
 * The network and what is read from its outputs: int8 weights, heads, predictions, the review policy, explanations; and
 * the JSON and errors that both artifact formats share. In: a ticket's text and metadata. Out: a {@link
 * io.tickettriage.model.Prediction}. Heads and labels are data; nothing here names one. This package knows neither
 * tickets nor topics, nor the layout of an artifact file.
 */
package io.tickettriage.model;
