@NullMarked
package io.tickettriage.text;

import org.jspecify.annotations.NullMarked;
