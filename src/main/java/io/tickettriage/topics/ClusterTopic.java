package io.tickettriage.topics;

import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as the cluster has it.
 *
 * @param partitions how many it has
 * @param replication replicas of its first partition
 * @param configs every setting in force, inherited ones included, by Kafka's names
 */
public record ClusterTopic(String name, int partitions, int replication, Map<String, String> configs) {
    public ClusterTopic {
        configs = new TreeMap<>(configs);
    }
}
