/**
 * Synthetic rows from templates with slots, and the augmentation of texts in the style people really type in.
 *
 * <p>In: {@code config/synthetic.yaml} and a seed. Out: texts with labels. This package knows nothing of networks.
 */
package io.tickettriage.training.synthesis;
