package io.tickettriage.topics;

import io.tickettriage.topics.TopicChange.Kind;
import io.tickettriage.topics.TopicChange.Safety;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
    /** Compares topics under the names of the cluster; those that {@code actual} does not have do not exist. */
    public static TopicDiff between(Collection<TopicSpec> wanted, Map<String, ClusterTopic> actual) {
        List<TopicChange> changes = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            ClusterTopic topic = actual.get(spec.name());
            if (topic == null) {
                String description =
                        "create with " + spec.partitions() + (spec.partitions() == 1 ? " partition" : " partitions");
                changes.add(new TopicChange(Kind.CREATE, spec, "", Safety.SAFE, description));
            } else {
                compare(spec, topic, changes);
            }
        }
        return new TopicDiff(changes);
    }

    /** The changes that may be applied: the safe ones, and with {@code allowDataLoss} all that Kafka can do. */
    public List<TopicChange> applicable(boolean allowDataLoss) {
        return changes.stream()
                .filter(change ->
                        change.safety() == Safety.SAFE || allowDataLoss && change.safety() == Safety.LOSES_DATA)
                .toList();
    }

    private static void compare(TopicSpec spec, ClusterTopic topic, List<TopicChange> changes) {
        String partitions = " partitions: " + topic.partitions() + " -> " + spec.partitions();
        if (topic.partitions() > spec.partitions()) {
            changes.add(impossible(
                    spec,
                    "remove" + partitions + " (Kafka never does; set the catalogue to " + topic.partitions()
                            + ", or copy to a new topic)"));
        } else if (topic.partitions() < spec.partitions() && spec.joined()) {
            changes.add(impossible(
                    spec,
                    "add" + partitions
                            + " (the corrections role joins this topic by partition, and what it keeps would stay"
                            + " where it is; see \"More partitions\" in docs/operations.md)"));
        } else if (topic.partitions() < spec.partitions()) {
            boolean compacted = topic.configs()
                    .getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
            Safety safety = compacted ? Safety.LOSES_DATA : Safety.SAFE;
            String cost = compacted ? " (keys move, and the old rows of a compacted topic stay where they were)" : "";
            changes.add(new TopicChange(Kind.ADD_PARTITIONS, spec, "", safety, "add" + partitions + cost));
        }
        if (spec.replication() != TopicSpec.BROKER_DEFAULT && spec.replication() != topic.replication()) {
            changes.add(impossible(
                    spec,
                    "change replicas: " + topic.replication() + " -> " + spec.replication()
                            + " (use Kafka's own kafka-reassign-partitions)"));
        }
        spec.configs().forEach((config, to) -> {
            String from = topic.configs().getOrDefault(config, "");
            if (!parts(to).equals(parts(from))) {
                boolean losesData = losesData(config, from, to);
                String description = "set " + config + ": " + (from.isEmpty() ? "(none)" : from) + " -> " + to
                        + (losesData ? " (stored records may go)" : "");
                Safety safety = losesData ? Safety.LOSES_DATA : Safety.SAFE;
                changes.add(new TopicChange(Kind.SET_CONFIG, spec, config, safety, description));
            }
        });
    }

    private static TopicChange impossible(TopicSpec spec, String description) {
        return new TopicChange(Kind.NOTHING, spec, "", Safety.IMPOSSIBLE, description);
    }

    /** The parts of a list, whose order means nothing in any topic setting. */
    private static Set<String> parts(String value) {
        return Set.copyOf(Arrays.asList(value.split("\\s*,\\s*", -1)));
    }

    private static boolean losesData(String config, String from, String to) {
        return config.equals(TopicConfig.CLEANUP_POLICY_CONFIG)
                || List.of("retention.ms", "retention.bytes").contains(config) && limit(to) < limit(from);
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
