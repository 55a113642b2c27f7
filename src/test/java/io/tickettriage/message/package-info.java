@NullMarked
package io.tickettriage.message;

import org.jspecify.annotations.NullMarked;
