@NullMarked
package io.tickettriage.cli.shared;

import org.jspecify.annotations.NullMarked;
