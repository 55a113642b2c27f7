package io.tickettriage.cli.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.SettingsOptions;
import io.tickettriage.config.Setting;
import io.tickettriage.config.SettingKeys;
import io.tickettriage.config.Settings;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.topics.TopicChange;
import io.tickettriage.topics.TopicDiff;
import io.tickettriage.topics.TopicSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
public final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command: list, diff or apply?");
    }

    /** Where the cluster is, how it calls the topics, and how they are printed. */
    static final class Options {
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

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        Settings load() throws IOException {
            List<String> given = new ArrayList<>();
            add(given, SettingKeys.BOOTSTRAP_SERVERS, bootstrap);
            add(given, SettingKeys.TOPIC_PREFIX, prefix);
            add(given, SettingKeys.DLQ_SUFFIX, dlqSuffix);
            return settings.load(given.toArray(String[]::new));
        }

        private static void add(List<String> given, Setting<?> setting, @Nullable String value) {
            if (value != null) {
                given.add(setting.name() + "=" + value);
            }
        }

        static List<TopicSpec> topics(Settings settings) throws IOException {
            return TopicCatalogue.load()
                    .topics(new TopicNames(
                            settings.get(SettingKeys.TOPIC_PREFIX), settings.get(SettingKeys.DLQ_SUFFIX)));
        }

        static TopicAdmin connect(Settings settings) throws IOException {
            return TopicAdmin.connect(settings.get(SettingKeys.BOOTSTRAP_SERVERS), settings.adminConfig());
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
        private Options options;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            try {
                Settings settings = options.load();
                List<TopicSpec> topics = Options.topics(settings);
                if (options.bootstrap == null) {
                    print(out, topics, Optional.empty());
                } else {
                    try (TopicAdmin admin = Options.connect(settings)) {
                        print(
                                out,
                                topics,
                                Optional.of(admin.find(
                                        topics.stream().map(TopicSpec::name).toList())));
                    }
                }
            } catch (IOException e) {
                throw new CommandFailedException(String.valueOf(e.getMessage()), e);
            }
            out.flush();
        }

        private void print(
                PrintWriter out, List<TopicSpec> topics, Optional<? extends Map<String, ClusterTopic>> cluster) {
            if (options.json) {
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
                String state = cluster.map(c -> c.containsKey(topic.name()) ? "exists   " : "missing  ")
                        .orElse("");
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

        private static ObjectNode json(TopicSpec topic, Optional<? extends Map<String, ClusterTopic>> cluster) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("name", topic.name());
            json.put("description", topic.description());
            json.put("key", topic.key());
            json.put("value", topic.value());
            json.put("partitions", topic.partitions());
            json.put("replication", topic.replication());
            ObjectNode configs = json.putObject("configs");
            topic.configs().forEach(configs::put);
            cluster.ifPresent(c -> json.put("exists", c.containsKey(topic.name())));
            return json;
        }
    }

    /** What diff and apply have in common. */
    abstract static class OnCluster implements Runnable {
        @Spec
        CommandSpec spec;

        @Mixin
        Options options;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            try {
                Settings settings = options.load();
                List<TopicSpec> wanted = Options.topics(settings);
                try (TopicAdmin admin = Options.connect(settings)) {
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
            if (options.json) {
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
            if (options.json) {
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
