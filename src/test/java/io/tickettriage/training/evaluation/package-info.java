@NullMarked
package io.tickettriage.training.evaluation;

import org.jspecify.annotations.NullMarked;
