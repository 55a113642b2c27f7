@NullMarked
package io.tickettriage.training.synthesis;

import org.jspecify.annotations.NullMarked;
