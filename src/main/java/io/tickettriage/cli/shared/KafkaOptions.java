package io.tickettriage.cli.shared;

import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.TopicsConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that work on a cluster the configuration describes. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Where Kafka is. Default: triage.bootstrap.servers.")
    private @Nullable String bootstrap;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Put before every topic's name. Default: triage.topic.prefix.")
    private @Nullable String prefix;

    @Option(
            names = "--dlq-suffix",
            paramLabel = "TEXT",
            description = "Put after the name of the dead-letter topic. Default: triage.dlq.suffix.")
    private @Nullable String dlqSuffix;

    @Mixin
    private SettingsOptions settings;

    /** The cluster that the options, the environment and the configuration file name, in this order. */
    public Cluster cluster() throws IOException {
        return new Cluster(load());
    }

    /** The configuration with these options, and then {@code further} overrides, over it. */
    public Settings load(String... further) throws IOException {
        List<String> overrides = Stream.of(
                        override(KafkaClientsConfig.BOOTSTRAP_SERVERS, bootstrap),
                        override(TopicsConfig.PREFIX, prefix),
                        override(TopicsConfig.DLQ_SUFFIX, dlqSuffix),
                        Arrays.stream(further))
                .flatMap(given -> given)
                .toList();
        return settings.load(overrides.toArray(String[]::new));
    }

    private static Stream<String> override(String name, @Nullable String value) {
        return Stream.ofNullable(value).map(given -> name + "=" + given);
    }

    /** Whether the command line itself says where Kafka is. */
    public boolean isBootstrapGiven() {
        return bootstrap != null;
    }
}
