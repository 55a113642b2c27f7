@NullMarked
package io.tickettriage.training.dataset;

import org.jspecify.annotations.NullMarked;
