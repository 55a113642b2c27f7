/**
 * What happened to one ticket: {@code audit} reads every topic that may hold something about it.
 */
@NullMarked
package io.tickettriage.cli.audit;

import org.jspecify.annotations.NullMarked;
