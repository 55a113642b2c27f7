/**
 * The workshop: from messy sources to a calibrated, quantized artifact.
 *
 * <p>In: the taxonomy, {@code config/training.yaml}, rows read by {@code training.dataset} and written by {@code
 * training.synthesis}. Out: an artifact and its report. {@code training.fit} holds the network while it learns, {@code
 * training.evaluation} judges it. This package knows neither Kafka nor the command line.
 */
@NullMarked
package io.tickettriage.training;

import org.jspecify.annotations.NullMarked;
