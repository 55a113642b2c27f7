@NullMarked
package io.tickettriage.corrections;

import org.jspecify.annotations.NullMarked;
