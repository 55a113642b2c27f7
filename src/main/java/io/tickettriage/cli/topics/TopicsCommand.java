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
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics}: what the program's topics are, what a cluster lacks of them, and making it so. */
@Command(
        name = "topics",
        description = {
            "Compares the topic catalogue with a cluster, and creates what is missing.",
            "",
            "The catalogue is one YAML file a topic in the directory \"topics\". Nothing here ever deletes a topic."
        })
public final class TopicsCommand {
    @Command(
            name = "list",
            description = {
                "Shows the catalogue; with --bootstrap also which of its topics the cluster has.",
                "",
                "Needs no cluster otherwise."
            },
            footer = {"", "Example:", "  triage topics list --bootstrap localhost:9092"})
    void list(@Mixin KafkaOptions kafka, @Mixin OutputFormat output) throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        if (!kafka.isBootstrapGiven()) {
            output.print(TopicList.of(wanted, name -> Optional.empty()));
            return;
        }
        try (TopicAdmin admin = cluster.newAdmin()) {
            Set<String> existing =
                    admin.find(wanted.stream().map(TopicSpec::name).toList()).keySet();
            output.print(TopicList.of(wanted, name -> Optional.of(existing.contains(name))));
        }
    }

    /** A topic of the catalogue and, where a cluster was named, whether it has it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Topic(@JsonUnwrapped TopicSpec spec, Optional<Boolean> exists) {}

    private record TopicList(List<Topic> topics) implements Report {
        static TopicList of(List<TopicSpec> topics, Function<String, Optional<Boolean>> exists) {
            return new TopicList(topics.stream()
                    .map(spec -> new Topic(spec, exists.apply(spec.name())))
                    .toList());
        }

        @Override
        public void print(Page page) {
            Page.Table table = page.table();
            for (Topic topic : topics) {
                TopicSpec spec = topic.spec();
                String policy = spec.configs().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
                String state = topic.exists()
                        .map(exists -> exists ? "exists   " : "missing  ")
                        .orElse("");
                table.row(spec.name(), "%2d".formatted(spec.partitions()), policy, state + spec.description());
            }
            table.print();
        }
    }

    @Command(
            name = "diff",
            description = "Shows what differs between the catalogue and the cluster, and changes nothing.",
            footer = {"", "Example:", "  triage topics diff --bootstrap localhost:9092"})
    void diff(@Mixin KafkaOptions kafka, @Mixin OutputFormat output) throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        try (TopicAdmin admin = cluster.newAdmin()) {
            output.print(new Difference(Change.of(admin.diff(wanted).changes()), wanted.size()));
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
    void apply(
            @Mixin KafkaOptions kafka,
            @Mixin OutputFormat output,
            @Option(
                            names = "--allow-data-loss",
                            description =
                                    "Apply also what shortens a retention, changes a clean-up policy, or moves the "
                                            + "keys of a compacted topic.")
                    boolean allowDataLoss)
            throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        try (TopicAdmin admin = cluster.newAdmin()) {
            TopicDiff diff = admin.diff(wanted);
            List<TopicChange> applied = admin.apply(diff, allowDataLoss);
            List<TopicChange> heldBack = new ArrayList<>(diff.changes());
            heldBack.removeAll(applied);
            output.print(new Applied(Change.of(applied), Change.of(heldBack), wanted.size()));
        }
    }

    /** A change of a topic, as it is printed. */
    private record Change(String topic, String change, String safety) {
        static List<Change> of(List<TopicChange> changes) {
            return changes.stream()
                    .map(c -> new Change(
                            c.topic(), c.describe(), c.safety().name().toLowerCase(Locale.ROOT)))
                    .toList();
        }

        String applied() {
            return topic + ": " + change;
        }

        String notApplied() {
            return applied() + (safety.equals("loses_data") ? "; needs --allow-data-loss" : "");
        }
    }

    private record Difference(
            List<Change> changes, @JsonIgnore int topics) implements Report {
        @Override
        public void print(Page page) {
            changes.forEach(change -> page.line(change.notApplied()));
            printIfNone(changes, topics, page);
        }
    }

    private record Applied(
            List<Change> applied,
            List<Change> heldBack,
            @JsonIgnore int topics) implements Report {
        @Override
        public void print(Page page) {
            applied.forEach(change -> page.line("done: " + change.applied()));
            heldBack.forEach(change -> page.line("not done: " + change.notApplied()));
            printIfNone(applied.isEmpty() ? heldBack : applied, topics, page);
        }
    }

    private static void printIfNone(List<Change> changes, int topics, Page page) {
        if (changes.isEmpty()) {
            page.line("The cluster has all " + topics + " topics as the catalogue wants them.");
        }
    }
}
