package io.tickettriage.cli.topics;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics apply}: makes a cluster's topics what the catalogue says. */
@Command(
        name = "apply",
        description = {
            "Creates missing topics, adds partitions and changes settings as the catalogue says.",
            "",
            "A change that would lose stored records is only shown, unless --allow-data-loss is given; so is one that "
                    + "Kafka cannot do. Applying twice does nothing the second time."
        },
        footer = {"", "Example:", "  triage topics apply --bootstrap localhost:9092"})
final class TopicsApplyCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputFormat output;

    @Option(
            names = "--allow-data-loss",
            description = "Apply also what shortens a retention, changes a clean-up policy, or moves the keys of a "
                    + "compacted topic.")
    private boolean allowDataLoss;

    private record Applied(
            List<ChangeLine> applied,
            List<ChangeLine> heldBack,
            @JsonIgnore int topics) implements Report {
        @Override
        public void print(Page page) {
            applied.forEach(change -> page.line("done: " + change.text()));
            heldBack.forEach(change -> page.line("not done: " + change.text() + change.condition()));
            if (applied.isEmpty() && heldBack.isEmpty()) {
                page.line(ChangeLine.nothingToDo(topics));
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        try (TopicAdmin admin = cluster.newAdmin()) {
            TopicDiff diff = admin.diff(wanted);
            List<TopicChange> applied = admin.apply(diff, allowDataLoss);
            List<TopicChange> heldBack = new ArrayList<>(diff.changes());
            heldBack.removeAll(applied);
            output.print(new Applied(ChangeLine.of(applied), ChangeLine.of(heldBack), wanted.size()));
        }
        return 0;
    }
}
