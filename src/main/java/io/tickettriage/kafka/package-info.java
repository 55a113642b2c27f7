/**
 * What the topologies of all roles share: bytes in, dead letters out, and no record ever skipped. Knows no ticket.
 */
@NullMarked
package io.tickettriage.kafka;

import org.jspecify.annotations.NullMarked;
