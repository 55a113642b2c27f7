package io.tickettriage.topics;

import io.tickettriage.kafka.TopicNames;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as the catalogue wants it.
 *
 * @param name the name in the catalogue, or in a cluster once {@link TopicNames} were applied
 * @param description what the topic is for; {@code key} and {@code value} what its records are
 * @param partitions at least 1
 * @param replication at least 1, or {@link #BROKER_DEFAULT}
 * @param joined whether it is read together with another topic, partition by partition, so that their number must stay
 * @param configs topic settings by Kafka's names; settings that are not there stay as the cluster has them
 */
public record TopicSpec(
        String name,
        String description,
        String key,
        String value,
        int partitions,
        short replication,
        boolean joined,
        Map<String, String> configs) {
    /** As many replicas as the brokers' {@code default.replication.factor} says. */
    public static final short BROKER_DEFAULT = -1;

    public TopicSpec {
        configs = new TreeMap<>(configs);
    }

    TopicSpec named(String otherName) {
        return new TopicSpec(otherName, description, key, value, partitions, replication, joined, configs);
    }
}
