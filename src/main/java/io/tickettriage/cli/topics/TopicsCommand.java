package io.tickettriage.cli.topics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.topics.TopicChange;
import io.tickettriage.topics.TopicDiff;
import io.tickettriage.topics.TopicSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        subcommands = {TopicsCommand.ListTopics.class, TopicsCommand.Diff.class, TopicsCommand.Apply.class})
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

    /** A change of a topic, as it is printed. */
    private record Change(String topic, String change, String safety) {
        static List<Change> of(List<TopicChange> changes) {
            return changes.stream()
                    .map(change -> new Change(
                            change.topic(),
                            change.description(),
                            change.safety().name().toLowerCase(Locale.ROOT)))
                    .toList();
        }

        String applied() {
            return topic + ": " + change;
        }

        String notApplied() {
            return applied() + (safety.equals("loses_data") ? "; needs --allow-data-loss" : "");
        }
    }

    /** What diff and apply have in common. */
    abstract static class OnCluster implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka;

        @Mixin
        private OutputFormat output;

        @Override
        public Integer call() throws IOException {
            Cluster cluster = kafka.cluster();
            List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
            try (TopicAdmin admin = cluster.newAdmin()) {
                output.print(compare(admin, admin.diff(wanted), wanted.size()));
            }
            return 0;
        }

        abstract Report compare(TopicAdmin admin, TopicDiff diff, int topics) throws IOException;

        static void printNoDifference(Page page, int topics) {
            page.line("The cluster has all " + topics + " topics as the catalogue wants them.");
        }
    }

    @Command(
            name = "diff",
            description = "Shows what differs between the catalogue and the cluster, and changes nothing.",
            footer = {"", "Example:", "  triage topics diff --bootstrap localhost:9092"})
    static final class Diff extends OnCluster {
        private record Difference(
                List<Change> changes, @JsonIgnore int topics) implements Report {
            @Override
            public void print(Page page) {
                changes.forEach(change -> page.line(change.notApplied()));
                if (changes.isEmpty()) {
                    printNoDifference(page, topics);
                }
            }
        }

        @Override
        Report compare(TopicAdmin admin, TopicDiff diff, int topics) {
            return new Difference(Change.of(diff.changes()), topics);
        }
    }

    @Command(
            name = "apply",
            description = {
                "Creates missing topics, adds partitions and changes settings as the catalogue says.",
                "",
                "A change that would lose stored records is only shown, unless --allow-data-loss is given; so is one that "
                        + "Kafka cannot do. Applying twice does nothing the second time."
            },
            footer = {"", "Example:", "  triage topics apply --bootstrap localhost:9092"})
    static final class Apply extends OnCluster {
        @Option(
                names = "--allow-data-loss",
                description = "Apply also what shortens a retention, changes a clean-up policy, or moves the keys of a "
                        + "compacted topic.")
        private boolean allowDataLoss;

        private record Applied(
                List<Change> applied,
                List<Change> heldBack,
                @JsonIgnore int topics) implements Report {
            @Override
            public void print(Page page) {
                applied.forEach(change -> page.line("done: " + change.applied()));
                heldBack.forEach(change -> page.line("not done: " + change.notApplied()));
                if (applied.isEmpty() && heldBack.isEmpty()) {
                    printNoDifference(page, topics);
                }
            }
        }

        @Override
        Report compare(TopicAdmin admin, TopicDiff diff, int topics) throws IOException {
            List<TopicChange> applied = admin.apply(diff, allowDataLoss);
            List<TopicChange> heldBack = new ArrayList<>(diff.changes());
            heldBack.removeAll(applied);
            return new Applied(Change.of(applied), Change.of(heldBack), topics);
        }
    }
}
