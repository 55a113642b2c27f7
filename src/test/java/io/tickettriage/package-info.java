@NullMarked
package io.tickettriage;

import org.jspecify.annotations.NullMarked;
