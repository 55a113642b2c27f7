/**
 * Rows nobody wrote: templates with slots, and the style in which people really type.
 *
 * <p>In: {@code config/synthetic.yaml} and a seed. Out: texts with labels. This package knows nothing of networks.
 */
@NullMarked
package io.tickettriage.training.synthesis;

import org.jspecify.annotations.NullMarked;
