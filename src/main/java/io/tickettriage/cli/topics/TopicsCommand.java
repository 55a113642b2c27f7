package io.tickettriage.cli.topics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.topics.AccessRule;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import io.tickettriage.topics.TopicChange;
import io.tickettriage.topics.TopicDiff;
import io.tickettriage.topics.TopicSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics}: what the program's topics are, what a cluster lacks of them, and making it so. */
@Command(
        name = "topics",
        description =
                "Compares the catalogue (one YAML file a topic in \"topics\") with a cluster, and creates what is "
                        + "missing. Nothing here ever deletes a topic.")
public final class TopicsCommand {
    @Command(
            name = "list",
            description =
                    "Shows the catalogue; with --bootstrap, the one case that needs a cluster, which topics exist.",
            footer = {"", "Example:", "  triage topics list --bootstrap localhost:9092"})
    void list(@Mixin KafkaOptions kafka, @Mixin OutputFormat output) throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        Optional<Set<String>> existing = Optional.empty();
        if (kafka.isBootstrapGiven()) {
            List<String> names = wanted.stream().map(TopicSpec::name).toList();
            try (TopicAdmin admin = cluster.newAdmin()) {
                existing = Optional.of(admin.find(names).keySet());
            }
        }
        List<Topic> topics = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            topics.add(new Topic(spec, existing.map(names -> names.contains(spec.name()))));
        }
        output.print(Map.of("topics", topics), page -> print(topics, page));
    }

    /** A topic of the catalogue and, where a cluster was named, whether it has it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Topic(@JsonUnwrapped TopicSpec spec, Optional<Boolean> exists) {}

    private static void print(List<Topic> topics, Page page) {
        Page.Table table = page.table();
        for (Topic topic : topics) {
            TopicSpec spec = topic.spec();
            String policy = spec.configs().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
            String state =
                    topic.exists().map(e -> e ? "exists   " : "missing  ").orElse("");
            table.row(spec.name(), "%2d".formatted(spec.partitions()), policy, state + spec.description());
        }
        table.print();
    }

    @Command(
            name = "diff",
            description = "Shows what differs between the catalogue and the cluster, and changes nothing.",
            footer = {"", "Example:", "  triage topics diff --bootstrap localhost:9092"})
    void diff(@Mixin KafkaOptions kafka, @Mixin OutputFormat output) throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        try (TopicAdmin admin = cluster.newAdmin()) {
            List<Change> changes = Change.of(admin.diff(wanted).changes());
            output.print(Map.of("changes", changes), page -> {
                changes.forEach(change -> page.line(change.notApplied()));
                printIfNone(changes, wanted, page);
            });
        }
    }

    @Command(
            name = "apply",
            description = {
                "Creates missing topics, adds partitions and changes settings as the catalogue says.",
                "%nWhat may lose stored records (a shorter retention, another clean-up policy, more partitions of a "
                        + "compacted topic) is only shown, unless --allow-data-loss is given; so is what Kafka cannot do. "
                        + "Applying twice does nothing the second time."
            },
            footer = {"", "Example:", "  triage topics apply --bootstrap localhost:9092"})
    void apply(
            @Mixin KafkaOptions kafka,
            @Mixin OutputFormat output,
            @Option(names = "--allow-data-loss", description = "Apply also what may lose stored records.")
                    boolean allowDataLoss)
            throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        try (TopicAdmin admin = cluster.newAdmin()) {
            TopicDiff diff = admin.diff(wanted);
            List<TopicChange> done = admin.apply(diff, allowDataLoss);
            List<TopicChange> notDone = new ArrayList<>(diff.changes());
            notDone.removeAll(done);
            Applied result = new Applied(Change.of(done), Change.of(notDone));
            output.print(result, page -> {
                result.applied().forEach(change -> page.line("done: " + change.applied()));
                result.heldBack().forEach(change -> page.line("not done: " + change.notApplied()));
                printIfNone(done.isEmpty() ? result.heldBack() : result.applied(), wanted, page);
            });
        }
    }

    @Command(
            name = "acls",
            description = {
                "Shows the least that each party must be allowed to do in a cluster with access control.",
                "%nParties: the roles scoring and corrections; producer (sends tickets), consumer (reads queues, with groups "
                        + "named queue-…), corrector (submits corrections), trainer (exports corrections, publishes models). "
                        + "With --apply the rules are created for the user --principal names, or for one user a party, "
                        + "such as User:triage-scoring; nothing is ever taken away."
            },
            footer = {
                "",
                "Examples:",
                "  triage topics acls --party scoring",
                "  triage topics acls --apply --bootstrap localhost:9092"
            })
    void acls(
            @Mixin KafkaOptions kafka,
            @Mixin OutputFormat output,
            @Option(names = "--party", split = ",", paramLabel = "NAME", description = "Only these; default: all.")
                    Set<AccessRule.Party> parties,
            @Option(
                            names = "--principal",
                            paramLabel = "P",
                            description = "Whom --apply allows it, such as User:triage.")
                    Optional<String> principal,
            @Option(names = "--apply", description = "Create the rules in the cluster.") boolean apply)
            throws IOException {
        Cluster cluster = kafka.cluster();
        String applicationId = cluster.settings().get(KafkaStreamsConfig.class).applicationId();
        List<AccessRule> rules = AccessRule.all(
                        cluster.names(), TopicCatalogue.load().queues(), applicationId)
                .stream()
                .filter(rule -> parties == null || parties.contains(rule.party()))
                .toList();
        if (apply) {
            try (TopicAdmin admin = cluster.newAdmin()) {
                admin.allow(rules.stream()
                        .map(rule -> rule.binding(
                                principal.orElse("User:triage-" + rule.party().title())))
                        .toList());
            }
        }
        List<Acl> acls = rules.stream().map(Acl::of).toList();
        output.print(Map.of("acls", acls, "applied", apply), page -> {
            Page.Table table = page.table();
            acls.forEach(acl -> table.row(acl.party(), acl.operation(), acl.resource(), acl.name()));
            table.print();
            if (apply) {
                page.line("The cluster has all " + acls.size() + " rules.");
            }
        });
    }

    /** A rule as it is printed; the name of a prefixed one ends with an asterisk. */
    private record Acl(String party, String operation, String resource, String name) {
        static Acl of(AccessRule rule) {
            String name = rule.name() + (rule.pattern() == PatternType.PREFIXED ? "*" : "");
            return new Acl(rule.party().title(), word(rule.operation()), word(rule.resource()), name);
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
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

    private record Applied(List<Change> applied, List<Change> heldBack) {}

    private static void printIfNone(List<Change> changes, List<TopicSpec> topics, Page page) {
        if (changes.isEmpty()) {
            page.line("The cluster has all " + topics.size() + " topics as the catalogue wants them.");
        }
    }
}
