@NullMarked
package io.tickettriage.testing;

import org.jspecify.annotations.NullMarked;
