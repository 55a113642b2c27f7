package io.tickettriage.service;

import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.common.TopicPartition;

/**
 * What the cluster said about topics and groups at one moment.
 *
 * @param missingTopics those that do not exist
 * @param leaderless partitions nobody can read or write, as {@code topic-partition}
 * @param ends where a reader of committed records ends; without partitions that do not exist
 * @param committed by group; without partitions of which nothing was committed
 */
record ClusterState(
        SortedSet<String> missingTopics,
        SortedSet<String> leaderless,
        Map<TopicPartition, Long> ends,
        Map<String, Map<TopicPartition, Long>> committed) {}
