@NullMarked
package io.tickettriage.ticket;

import org.jspecify.annotations.NullMarked;
