@NullMarked
package io.tickettriage.cli.replay;

import org.jspecify.annotations.NullMarked;
