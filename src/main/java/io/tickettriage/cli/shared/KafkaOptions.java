package io.tickettriage.cli.shared;

import io.tickettriage.config.SettingKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    @Mixin
    private SettingsOptions settings;

    /** The cluster that the options, the environment and the configuration file name, in this order. */
    public Cluster cluster() throws IOException {
        List<String> given = new ArrayList<>();
        if (bootstrap != null) {
            given.add(SettingKeys.BOOTSTRAP_SERVERS.name() + "=" + bootstrap);
        }
        if (prefix != null) {
            given.add(SettingKeys.TOPIC_PREFIX.name() + "=" + prefix);
        }
        return new Cluster(settings.load(given.toArray(String[]::new)));
    }
}
