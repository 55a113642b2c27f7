/**
 * Fitting a network to rows: vocabulary, split, gradient descent, calibration, thresholds.
 *
 * <p>In: rows. Out: float weights and the heads that go with them. The features are made by the classes that score. This
 * package knows no file.
 */
package io.tickettriage.training.fit;
