/**
 * What happened to one ticket: {@code audit} reads every topic that may hold something about it.
 */
package io.tickettriage.cli.audit;
