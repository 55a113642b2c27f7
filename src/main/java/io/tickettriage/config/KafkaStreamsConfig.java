package io.tickettriage.config;

import java.time.Duration;
import java.util.SortedMap;

/**
 * How Kafka Streams runs the roles.
 *
 * @param applicationId what the roles' application ids begin with
 * @param stateDirectory where the roles with state keep it
 */
public record KafkaStreamsConfig(
        KafkaClientsConfig clients,

        @Setting(
                name = "triage.application.id",
                value = "ticket-triage",
                pattern = "[A-Za-z0-9._-]{1,100}",
                expected = TopicsConfig.EXPECTED)
        String applicationId,

        @Setting(name = "triage.processing.guarantee", value = "exactly_once_v2")
        Guarantee guarantee,

        @Setting(name = "triage.stream.threads", value = "1", min = 1, max = 256)
        int threads,

        @Setting(name = "triage.commit.interval", value = "100ms", min = 1, max = 60_000)
        Duration commitInterval,

        @Setting(name = KafkaStreamsConfig.STATE_DIRECTORY, value = "data/state")
        String stateDirectory,

        @Setting(name = "triage.group.protocol", value = "classic")
        GroupProtocol groupProtocol) {
    public static final String STATE_DIRECTORY = "triage.state.dir";

    /** Kafka Streams' processing guarantee. */
    public enum Guarantee {
        EXACTLY_ONCE_V2,
        AT_LEAST_ONCE
    }

    /** How instances share the partitions. */
    public enum GroupProtocol {
        CLASSIC,
        STREAMS
    }

    /** A role's application id, which is its consumer group, too. */
    public String groupId(String role) {
        return applicationId + "-" + role;
    }

    /** Kafka Streams' properties for a role, such as {@code scoring}. */
    public SortedMap<String, String> properties(String role) {
        SortedMap<String, String> config = clients.streams();
        config.put("application.id", groupId(role));
        config.put("processing.guarantee", SettingKey.word(guarantee));
        config.put("num.stream.threads", Integer.toString(threads));
        config.put("commit.interval.ms", Long.toString(commitInterval.toMillis()));
        config.put("state.dir", stateDirectory);
        config.put("group.protocol", SettingKey.word(groupProtocol));
        return config;
    }
}
