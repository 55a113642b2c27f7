package io.tickettriage.service;

import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.ClusterTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The settings that the topics of the roles must have in a cluster: with others, what is written there expires at once, or
 * does not fit and stops a role.
 */
record TopicRequirements(TopicNames names) {
    private static final String LOG_APPEND_TIME = "LogAppendTime";

    /** What is wrong, one sentence a topic and setting, in the order of the topics. */
    List<String> problems(Collection<ClusterTopic> topics) {
        // What others write here, and claims, which are small: how large a record may be is for the topic to say.
        Set<String> read = Set.of(names.raw(), names.correctionsSubmitted(), names.models(), names.claims());
        List<String> problems = new ArrayList<>();
        for (ClusterTopic topic : topics) {
            Map<String, String> configs = topic.configs();
            String timestamps = configs.getOrDefault(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "");
            if (!timestamps.equals(LOG_APPEND_TIME)) {
                problems.add(topic.name() + " has message.timestamp.type=" + timestamps + ", expected "
                        + LOG_APPEND_TIME + ": a client's own time can make a record expire at once");
            }
            String bytes = configs.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0");
            if (!read.contains(topic.name()) && Long.parseLong(bytes) < SizeLimits.RECORD_BYTES) {
                problems.add(topic.name() + " has max.message.bytes=" + bytes + ", expected at least "
                        + SizeLimits.RECORD_BYTES + ": a role stops at the first record that does not fit");
            }
        }
        return problems;
    }
}
