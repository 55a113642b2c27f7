package io.tickettriage.topics;

import io.tickettriage.topics.TopicChange.AddPartitions;
import io.tickettriage.topics.TopicChange.ChangeReplication;
import io.tickettriage.topics.TopicChange.CreateTopic;
import io.tickettriage.topics.TopicChange.RemovePartitions;
import io.tickettriage.topics.TopicChange.Safety;
import io.tickettriage.topics.TopicChange.SetConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What has to change in a cluster so that its topics are as the catalogue wants them.
 *
 * <p>Topics and settings that the catalogue does not name are left alone.
 *
 * @param changes in the order of the topics; empty if nothing has to change
 */
public record TopicDiff(List<TopicChange> changes) {
    private static final Set<String> RETENTIONS =
            Set.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    public TopicDiff {
        changes = List.copyOf(changes);
    }

    /**
     * Compares topics.
     *
     * @param wanted under the names of the cluster
     * @param actual by name; topics that are not there do not exist
     */
    public static TopicDiff between(Collection<TopicSpec> wanted, Map<String, ClusterTopic> actual) {
        List<TopicChange> changes = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            ClusterTopic topic = actual.get(spec.name());
            if (topic == null) {
                changes.add(new CreateTopic(spec));
            } else {
                compare(spec, topic, changes);
            }
        }
        return new TopicDiff(changes);
    }

    /** Whether the cluster is as wanted. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes that may be applied: the safe ones, and with {@code allowDataLoss} all that Kafka can do. */
    public List<TopicChange> applicable(boolean allowDataLoss) {
        return changes.stream()
                .filter(change ->
                        change.safety() == Safety.SAFE || allowDataLoss && change.safety() == Safety.LOSES_DATA)
                .toList();
    }

    private static void compare(TopicSpec spec, ClusterTopic topic, List<TopicChange> changes) {
        if (topic.partitions() < spec.partitions()) {
            boolean compacted = topic.configs()
                    .getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
            changes.add(new AddPartitions(spec.name(), topic.partitions(), spec.partitions(), compacted));
        } else if (topic.partitions() > spec.partitions()) {
            changes.add(new RemovePartitions(spec.name(), topic.partitions(), spec.partitions()));
        }
        if (spec.replication() != TopicSpec.BROKER_DEFAULT && spec.replication() != topic.replication()) {
            changes.add(new ChangeReplication(spec.name(), topic.replication(), spec.replication()));
        }
        spec.configs().forEach((config, wanted) -> {
            String actual = topic.configs().getOrDefault(config, "");
            if (!same(wanted, actual)) {
                changes.add(new SetConfig(spec.name(), config, actual, wanted, losesData(config, actual, wanted)));
            }
        });
    }

    private static boolean same(String wanted, String actual) {
        return parts(wanted).equals(parts(actual));
    }

    /** The parts of a list, whose order means nothing in any topic setting. */
    private static Set<String> parts(String value) {
        return new HashSet<>(Arrays.asList(value.split("\\s*,\\s*", -1)));
    }

    private static boolean losesData(String config, String from, String to) {
        if (config.equals(TopicConfig.CLEANUP_POLICY_CONFIG)) {
            return true;
        }
        return RETENTIONS.contains(config) && limit(to) < limit(from);
    }

    /** A retention in milliseconds or bytes; every negative one means for ever. */
    private static long limit(String retention) {
        try {
            long value = Long.parseLong(retention);
            return value < 0 ? Long.MAX_VALUE : value;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
