@NullMarked
package io.tickettriage.format;

import org.jspecify.annotations.NullMarked;
