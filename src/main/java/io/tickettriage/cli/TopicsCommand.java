package io.tickettriage.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.topics.TopicChange;
import io.tickettriage.topics.TopicDiff;
import io.tickettriage.topics.TopicNames;
import io.tickettriage.topics.TopicSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command: list, diff or apply?");
    }

    /** How the topics are called, and how they are printed. */
    static final class Names {
        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        @Option(
                names = "--prefix",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Put before every topic's name.")
        private String prefix;

        @Option(
                names = "--dlq-suffix",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Put after the name of the dead-letter topic.")
        private String dlqSuffix;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        TopicNames names() {
            try {
                return new TopicNames(prefix, dlqSuffix);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Command(
            name = "list",
            description = {
                "Shows the catalogue; with --bootstrap also which of its topics the cluster has.",
                "",
                "Needs no cluster otherwise."
            },
            footer = {"", "Example:", "  triage topics list --bootstrap localhost:9092"})
    static final class ListTopics implements Runnable {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Names names;

        @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "The cluster to look at.")
        private @Nullable String bootstrap;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            try {
                List<TopicSpec> topics = TopicCatalogue.load().topics(names.names());
                if (bootstrap == null) {
                    print(out, topics, null);
                } else {
                    try (TopicAdmin admin = TopicAdmin.connect(bootstrap, Map.of())) {
                        print(
                                out,
                                topics,
                                admin.find(topics.stream().map(TopicSpec::name).toList()));
                    }
                }
            } catch (IOException e) {
                throw new CommandFailedException(String.valueOf(e.getMessage()), e);
            }
            out.flush();
        }

        private void print(PrintWriter out, List<TopicSpec> topics, @Nullable Map<String, ClusterTopic> cluster) {
            if (names.json) {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                topics.forEach(topic -> list.add(json(topic, cluster)));
                out.println(JsonNodeFactory.instance.objectNode().set("topics", list));
                return;
            }
            int width = topics.stream()
                    .mapToInt(topic -> topic.name().length())
                    .max()
                    .orElse(0);
            for (TopicSpec topic : topics) {
                String state = cluster == null ? "" : cluster.containsKey(topic.name()) ? "exists   " : "missing  ";
                out.printf(
                        Locale.ROOT,
                        "%-" + width + "s  %2d  %-7s  %s%s%n",
                        topic.name(),
                        topic.partitions(),
                        topic.configs().getOrDefault("cleanup.policy", ""),
                        state,
                        topic.description());
            }
        }

        private static ObjectNode json(TopicSpec topic, @Nullable Map<String, ClusterTopic> cluster) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("name", topic.name());
            json.put("description", topic.description());
            json.put("key", topic.key());
            json.put("value", topic.value());
            json.put("partitions", topic.partitions());
            json.put("replication", topic.replication());
            ObjectNode configs = json.putObject("configs");
            topic.configs().forEach(configs::put);
            if (cluster != null) {
                json.put("exists", cluster.containsKey(topic.name()));
            }
            return json;
        }
    }

    /** What diff and apply have in common. */
    abstract static class OnCluster implements Runnable {
        @Spec
        CommandSpec spec;

        @Mixin
        Names names;

        @Mixin
        Bootstrap bootstrap;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            try {
                List<TopicSpec> wanted = TopicCatalogue.load().topics(names.names());
                try (TopicAdmin admin = TopicAdmin.connect(bootstrap.servers(), Map.of())) {
                    run(admin, wanted, out);
                }
            } catch (IOException e) {
                throw new CommandFailedException(String.valueOf(e.getMessage()), e);
            }
            out.flush();
        }

        abstract void run(TopicAdmin admin, List<TopicSpec> wanted, PrintWriter out) throws IOException;
    }

    @Command(
            name = "diff",
            description = "Shows what differs between the catalogue and the cluster, and changes nothing.",
            footer = {"", "Example:", "  triage topics diff --bootstrap localhost:9092"})
    static final class Diff extends OnCluster {
        @Override
        void run(TopicAdmin admin, List<TopicSpec> wanted, PrintWriter out) throws IOException {
            TopicDiff diff = admin.diff(wanted);
            if (names.json) {
                out.println(JsonNodeFactory.instance.objectNode().set("changes", json(diff.changes())));
            } else if (diff.isEmpty()) {
                out.println("The cluster has all " + wanted.size() + " topics as the catalogue wants them.");
            } else {
                print(out, "", diff.changes());
            }
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

        @Override
        void run(TopicAdmin admin, List<TopicSpec> wanted, PrintWriter out) throws IOException {
            TopicDiff diff = admin.diff(wanted);
            Set<TopicChange> applied = new HashSet<>(admin.apply(diff, allowDataLoss));
            List<TopicChange> done =
                    diff.changes().stream().filter(applied::contains).toList();
            List<TopicChange> heldBack = diff.changes().stream()
                    .filter(change -> !applied.contains(change))
                    .toList();
            if (names.json) {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.set("applied", json(done));
                json.set("held_back", json(heldBack));
                out.println(json);
                return;
            }
            print(out, "done: ", done);
            print(out, "not done: ", heldBack);
            if (diff.isEmpty()) {
                out.println("The cluster has all " + wanted.size() + " topics as the catalogue wants them.");
            }
        }
    }

    private static void print(PrintWriter out, String before, Collection<TopicChange> changes) {
        for (TopicChange change : changes) {
            String cost =
                    switch (change.safety()) {
                        case SAFE -> "";
                        case LOSES_DATA -> before.startsWith("done") ? "" : "; needs --allow-data-loss";
                        case IMPOSSIBLE -> "";
                    };
            out.println(before + change.topic() + ": " + change.describe() + cost);
        }
    }

    private static ArrayNode json(Collection<TopicChange> changes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (TopicChange change : changes) {
            list.addObject()
                    .put("topic", change.topic())
                    .put("change", change.describe())
                    .put("safety", change.safety().name().toLowerCase(Locale.ROOT));
        }
        return list;
    }
}
