package io.tickettriage.cli.topics;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics diff}: what a cluster lacks of the catalogue. */
@Command(
        name = "diff",
        description = "Shows what differs between the catalogue and the cluster, and changes nothing.",
        footer = {"", "Example:", "  triage topics diff --bootstrap localhost:9092"})
final class TopicsDiffCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private OutputFormat output;

    private record Difference(
            List<ChangeLine> changes, @JsonIgnore int topics) implements Report {
        @Override
        public void print(Page page) {
            changes.forEach(change -> page.line(change.text() + change.condition()));
            if (changes.isEmpty()) {
                page.line(ChangeLine.nothingToDo(topics));
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        List<TopicSpec> wanted = TopicCatalogue.load().topics(cluster.names());
        try (TopicAdmin admin = cluster.newAdmin()) {
            output.print(new Difference(ChangeLine.of(admin.diff(wanted).changes()), wanted.size()));
        }
        return 0;
    }
}
