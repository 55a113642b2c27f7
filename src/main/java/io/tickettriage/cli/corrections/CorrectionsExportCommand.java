package io.tickettriage.cli.corrections;

import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.ClusterCommand;
import io.tickettriage.corrections.CorrectionsExport;
import io.tickettriage.corrections.ExportOptions;
import io.tickettriage.kafka.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code triage corrections export}: the labelled examples as a file to train with. */
@Command(
        name = "export",
        description = {
            "Writes the corrected examples to a file: JSON Lines, one example per ticket, sorted by id.",
            "%nThe same examples give the same bytes. The file is replaced whole or not at all, whatever happens meanwhile. "
                    + "How many examples it has goes to standard error; records that are no examples are counted there "
                    + "and left out, which is no failure.",
            "%nThe file holds what customers wrote: only its owner can read it. A file that is there already keeps its "
                    + "permissions."
        },
        footer = {
            "%n--redact takes out e-mail addresses and long numbers (telephone, account, card), the names of submitters, and "
                    + "metadata that no feature is made of. The ids of tickets stay.",
            "--exclude-submitter drops labels, it does not bring back what they had replaced.",
            "%nExamples:",
            "  triage corrections export --bootstrap localhost:9092 --out corrections.jsonl",
            "  triage corrections export --out corrections.jsonl --follow --exclude-submitter mallory"
        })
final class CorrectionsExportCommand extends ClusterCommand {
    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path out;

    @Option(names = "--follow", description = "Write it again whenever the topic changes, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Between two updates with --follow (1).")
    private long intervalSeconds = 1;

    @Option(names = "--redact", description = "Replace e-mail addresses, telephone and card numbers.")
    private boolean redact;

    @Option(names = "--exclude-submitter", paramLabel = "NAME", arity = "1..*", description = "Leave out their labels.")
    private Set<String> excluded = Set.of();

    private record ExportReport(String file, int examples, int excluded, long unreadable) {}

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        String topic = cluster.names().corrections();
        cluster.requireTopics(cluster.names(), List.of(topic));
        return cluster.withConsumer(consumer -> {
            var partitions = TopicReader.partitions(consumer, topic);
            var options = new ExportOptions(redact, excluded);
            CorrectionsExport export = new CorrectionsExport(consumer, partitions, cluster.taxonomy(), options);
            export.readToEnd();
            write(export.export());
            while (follow) {
                if (export.readFor(Duration.ofSeconds(intervalSeconds))) {
                    write(export.export());
                }
            }
            return 0;
        });
    }

    private void write(CorrectionsExport.Export export) {
        AtomicFile.writePrivate(out, export.jsonLines());
        ExportReport report =
                new ExportReport(out.toString(), export.examples(), export.excluded(), export.unreadable());
        output.print(report, page -> {}); // People read it on standard error.
        err().println("wrote " + export.examples() + " examples to " + out
                + leftOut(export.excluded(), "that had labels of excluded submitters only")
                + leftOut(export.unreadable(), "records that are no examples"));
    }

    private static String leftOut(long number, String which) {
        return number == 0 ? "" : ", left out " + number + " " + which;
    }
}
