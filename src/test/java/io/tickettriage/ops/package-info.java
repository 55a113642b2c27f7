@NullMarked
package io.tickettriage.ops;

import org.jspecify.annotations.NullMarked;
