package io.tickettriage.topics;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * A topic as the cluster has it: the replicas of its first partition, and every setting in force, inherited ones included.
 */
public record ClusterTopic(String name, int partitions, int replication, Map<String, String> configs) {
    static ClusterTopic of(TopicDescription topic, Config config) {
        Map<String, String> configs = new HashMap<>();
        config.entries().stream()
                .filter(entry -> entry.value() != null)
                .forEach(entry -> configs.put(entry.name(), entry.value()));
        int replication = topic.partitions().get(0).replicas().size();
        return new ClusterTopic(topic.name(), topic.partitions().size(), replication, configs);
    }
}
