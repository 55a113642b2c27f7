/**
 * How good a model is: metrics per head and class, calibration, review, slices, and the comparison of two models.
 *
 * <p>In: a model and labelled rows. Out: figures. This package knows nothing of how the model was made.
 */
package io.tickettriage.training.evaluation;
