@NullMarked
package io.tickettriage.cli.tickets;

import org.jspecify.annotations.NullMarked;
