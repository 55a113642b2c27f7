@NullMarked
package io.tickettriage.training;

import org.jspecify.annotations.NullMarked;
