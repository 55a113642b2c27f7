package io.tickettriage.training.evaluation;

import io.tickettriage.message.LabelledExample;

/**
 * A row to judge a model by.
 *
 * @param example the text and its known labels
 * @param complete whether every head the row names is known, so that the row counts for exact match
 * @param source where it comes from; empty where that is not said
 */
public record EvaluationRow(LabelledExample example, boolean complete, String source) {}
