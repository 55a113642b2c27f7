@NullMarked
package io.tickettriage.stream;

import org.jspecify.annotations.NullMarked;
