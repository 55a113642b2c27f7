@NullMarked
package io.tickettriage.cli.benchmark;

import org.jspecify.annotations.NullMarked;
