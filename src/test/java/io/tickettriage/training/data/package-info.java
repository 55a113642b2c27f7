@NullMarked
package io.tickettriage.training.data;

import org.jspecify.annotations.NullMarked;
