@NullMarked
package io.tickettriage.cli;

import org.jspecify.annotations.NullMarked;
