/**
 * A real Kafka broker of one node inside a JVM, for the demo and the integration tests.
 *
 * <p>In: a data directory and a port. Out: a broker on loopback that keeps its data across restarts. This package knows
 * no topic, no message and no configuration of ours, and its libraries are tools that production never carries.
 */
package io.tickettriage.broker;
