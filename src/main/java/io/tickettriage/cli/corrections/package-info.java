@NullMarked
package io.tickettriage.cli.corrections;

import org.jspecify.annotations.NullMarked;
