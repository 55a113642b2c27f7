@NullMarked
package io.tickettriage.cli.topics;

import org.jspecify.annotations.NullMarked;
