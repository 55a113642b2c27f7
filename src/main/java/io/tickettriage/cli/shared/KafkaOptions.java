package io.tickettriage.cli.shared;

import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.TopicsConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that work on a cluster the configuration describes. */
public final class KafkaOptions extends SettingsOptions {
    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Where Kafka is (triage.bootstrap.servers).")
    private @Nullable String bootstrap;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Before every topic (triage.topic.prefix).")
    private @Nullable String prefix;

    @Option(names = "--dlq-suffix", paramLabel = "TEXT", description = "After the DLQ (triage.dlq.suffix).")
    private @Nullable String dlqSuffix;

    /** The cluster that the options, the environment and the configuration file name, in this order. */
    public Cluster cluster() throws IOException {
        return new Cluster(load());
    }

    /** The configuration with these options, and then {@code further} overrides, over it. */
    @Override
    public Settings load(String... further) throws IOException {
        Stream<String> own = Stream.of(
                        override(KafkaClientsConfig.BOOTSTRAP_SERVERS, bootstrap),
                        override(TopicsConfig.PREFIX, prefix),
                        override(TopicsConfig.DLQ_SUFFIX, dlqSuffix))
                .flatMap(given -> given);
        return super.load(Stream.concat(own, Arrays.stream(further)).toArray(String[]::new));
    }

    @Override
    public List<String> given() {
        List<String> given = super.given();
        Stream.of(override("--bootstrap", bootstrap), override("--prefix", prefix), override("--dlq-suffix", dlqSuffix))
                .flatMap(option -> option)
                .forEach(given::add);
        return given;
    }

    private static Stream<String> override(String name, @Nullable String value) {
        return Stream.ofNullable(value).map(given -> name + "=" + given);
    }

    /** Whether the command line itself says where Kafka is. */
    public boolean isBootstrapGiven() {
        return bootstrap != null;
    }
}
