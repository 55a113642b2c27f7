package io.tickettriage.config;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * How Kafka Streams runs the roles.
 *
 * @param applicationId what the roles' application ids begin with
 * @param threads stream threads of each role
 * @param stateDirectory where the roles with state keep it
 */
public record KafkaStreamsConfig(
        KafkaClientsConfig clients,
        String applicationId,
        Guarantee guarantee,
        int threads,
        Duration commitInterval,
        String stateDirectory,
        GroupProtocol groupProtocol) {
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

    public static final Setting<String> APPLICATION_ID = Setting.text(
            "triage.application.id",
            "ticket-triage",
            "at most 100 letters, digits, '.', '_' and '-'",
            "[A-Za-z0-9._-]{1,100}",
            "What the application ids begin with; each role appends its name, such as -scoring.");

    public static final Setting<Guarantee> GUARANTEE = Setting.choice(
            "triage.processing.guarantee",
            Guarantee.EXACTLY_ONCE_V2,
            "Whether a ticket can be scored twice after a crash (at_least_once) or not (exactly_once_v2).");

    public static final Setting<Integer> THREADS = Setting.integer(
            "triage.stream.threads",
            1,
            1,
            256,
            "Stream threads of each role; one, with its producer's threads, fills about 1.7 cores.");

    public static final Setting<Duration> COMMIT_INTERVAL = Setting.duration(
            "triage.commit.interval",
            "100ms",
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            "How often the roles commit; under exactly_once_v2 a reader sees a ticket at the next commit.");

    public static final Setting<String> STATE_DIRECTORY = Setting.text(
            "triage.state.dir",
            "data/state",
            "a path",
            ".+",
            "Where the roles with state keep it; it can be rebuilt from the topics.");

    public static final Setting<GroupProtocol> GROUP_PROTOCOL = Setting.choice(
            "triage.group.protocol",
            GroupProtocol.CLASSIC,
            "How instances share the partitions: classic, or streams, the newer protocol.");

    static final List<Setting<?>> KEYS =
            List.of(APPLICATION_ID, GUARANTEE, THREADS, COMMIT_INTERVAL, STATE_DIRECTORY, GROUP_PROTOCOL);

    public static KafkaStreamsConfig of(Settings settings) {
        return new KafkaStreamsConfig(
                KafkaClientsConfig.of(settings),
                settings.get(APPLICATION_ID),
                settings.get(GUARANTEE),
                settings.get(THREADS),
                settings.get(COMMIT_INTERVAL),
                settings.get(STATE_DIRECTORY),
                settings.get(GROUP_PROTOCOL));
    }

    /** Kafka Streams' properties for a role, such as {@code scoring}. */
    public SortedMap<String, String> properties(String role) {
        SortedMap<String, String> config = clients.streams();
        config.put("application.id", applicationId + "-" + role);
        config.put("processing.guarantee", Setting.word(guarantee));
        config.put("num.stream.threads", Integer.toString(threads));
        config.put("commit.interval.ms", Long.toString(commitInterval.toMillis()));
        config.put("state.dir", stateDirectory);
        config.put("group.protocol", Setting.word(groupProtocol));
        return config;
    }
}
