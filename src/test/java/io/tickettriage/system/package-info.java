@NullMarked
package io.tickettriage.system;

import org.jspecify.annotations.NullMarked;
