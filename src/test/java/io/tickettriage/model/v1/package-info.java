@NullMarked
package io.tickettriage.model.v1;

import org.jspecify.annotations.NullMarked;
