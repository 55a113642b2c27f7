@NullMarked
package io.tickettriage.cli.training;

import org.jspecify.annotations.NullMarked;
