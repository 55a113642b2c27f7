/**
 * How fast it is: the scoring of one ticket (JMH and {@link io.tickettriage.benchmark.ScoreBenchmark}) and of a stream
 * ({@link io.tickettriage.benchmark.StreamBenchmark}), and the waits of people at the desk
 * ({@link io.tickettriage.benchmark.DeskBenchmark}). Tools only: nothing here is on the production classpath.
 */
package io.tickettriage.benchmark;
