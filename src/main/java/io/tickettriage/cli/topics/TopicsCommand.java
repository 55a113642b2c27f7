package io.tickettriage.cli.topics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.topics.TopicSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topics}: what the program's topics are, what a cluster lacks of them, and making it so. */
@Command(
        name = "topics",
        description = {
            "Compares the topic catalogue with a cluster, and creates what is missing.",
            "",
            "The catalogue is one YAML file a topic in the directory \"topics\". Nothing here ever deletes a topic."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TopicsCommand.ListTopics.class, TopicsDiffCommand.class, TopicsApplyCommand.class})
public final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command: list, diff or apply?");
    }

    @Command(
            name = "list",
            description = {
                "Shows the catalogue; with --bootstrap also which of its topics the cluster has.",
                "",
                "Needs no cluster otherwise."
            },
            footer = {"", "Example:", "  triage topics list --bootstrap localhost:9092"})
    static final class ListTopics implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka;

        @Mixin
        private OutputFormat output;

        /** A topic of the catalogue and, where a cluster was named, whether it has it. */
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        private record Topic(@JsonUnwrapped TopicSpec spec, Optional<Boolean> exists) {}

        private record Topics(List<Topic> topics) implements Report {
            @Override
            public void print(Page page) {
                Page.Table table = page.table();
                for (Topic topic : topics) {
                    TopicSpec spec = topic.spec();
                    String state = topic.exists()
                            .map(exists -> exists ? "exists   " : "missing  ")
                            .orElse("");
                    table.row(
                            spec.name(),
                            "%2d".formatted(spec.partitions()),
                            spec.configs().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, ""),
                            state + spec.description());
                }
                table.print();
            }
        }

        @Override
        public Integer call() throws IOException {
            Cluster cluster = kafka.cluster();
            List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
            Optional<Set<String>> existing =
                    kafka.isBootstrapGiven() ? Optional.of(existing(cluster, wanted)) : Optional.empty();
            output.print(new Topics(wanted.stream()
                    .map(spec -> new Topic(spec, existing.map(names -> names.contains(spec.name()))))
                    .toList()));
            return 0;
        }

        private static Set<String> existing(Cluster cluster, List<TopicSpec> wanted) throws IOException {
            try (TopicAdmin admin = cluster.newAdmin()) {
                return admin.find(wanted.stream().map(TopicSpec::name).toList()).keySet();
            }
        }
    }
}
