@NullMarked
package io.tickettriage.training.fit;

import org.jspecify.annotations.NullMarked;
