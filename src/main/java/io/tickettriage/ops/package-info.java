/**
 * Running the program: configuration, roles, meters, health and the HTTP server. Knows no ticket.
 */
@NullMarked
package io.tickettriage.ops;

import org.jspecify.annotations.NullMarked;
