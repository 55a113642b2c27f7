/**
 * What the topologies and the commands share of Kafka: the names of topics and headers, size limits, reading a range or to
 * the end, a sender that fails loudly, dead letters, the clients of Kafka Streams.
 *
 * <p>In: records, clients. Out: records. This package knows no ticket and no configuration of ours.
 */
package io.tickettriage.kafka;
