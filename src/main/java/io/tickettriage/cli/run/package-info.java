@NullMarked
package io.tickettriage.cli.run;

import org.jspecify.annotations.NullMarked;
