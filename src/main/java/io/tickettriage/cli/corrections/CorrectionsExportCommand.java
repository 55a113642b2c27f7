package io.tickettriage.cli.corrections;

import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.corrections.CorrectionsExport;
import io.tickettriage.corrections.ExportOptions;
import io.tickettriage.kafka.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage corrections export}: the labelled examples as a file to train with. */
@Command(
        name = "export",
        description = {
            "Writes the corrected examples to a file: JSON Lines, one example per ticket, sorted by id.",
            "",
            "The same examples give the same bytes. The file is replaced whole or not at all, whatever happens meanwhile. "
                    + "How many examples it has goes to standard error; records that are no examples are counted there "
                    + "and left out, which is no failure."
        },
        footer = {
            "",
            "--redact takes out e-mail addresses and long numbers (telephone, account, card), the names of submitters, and "
                    + "metadata that no feature is made of. The ids of tickets stay.",
            "--exclude-submitter drops labels, it does not bring back what they had replaced.",
            "",
            "Examples:",
            "  triage corrections export --bootstrap localhost:9092 --out corrections.jsonl",
            "  triage corrections export --out corrections.jsonl --follow --exclude-submitter mallory"
        })
final class CorrectionsExportCommand extends TriageCommand {
    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path out;

    @Option(names = "--follow", description = "Write it again whenever the topic changes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "With --follow: how long changes are collected before the file is written (${DEFAULT-VALUE}).")
    private long intervalSeconds;

    @Option(names = "--redact", description = "Take personal data out.")
    private boolean redact;

    @Option(
            names = "--exclude-submitter",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Leave out labels that came from NAME; repeatable.")
    private List<String> excludedSubmitters = List.of();

    @Mixin
    private OutputFormat output;

    /** What was written; people read it on standard error. */
    private record ExportReport(String file, int examples, int excluded, long unreadable) implements Report {
        @Override
        public void print(Page page) {}
    }

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        String topic = cluster.names().corrections();
        cluster.requireTopics(cluster.names(), List.of(topic));
        Set<String> excluded = new HashSet<>(excludedSubmitters);
        return cluster.withConsumer(consumer -> {
            CorrectionsExport export = new CorrectionsExport(
                    consumer,
                    TopicReader.partitions(consumer, topic),
                    cluster.taxonomy(),
                    new ExportOptions(redact, excluded));
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
        AtomicFile.write(out, export.jsonLines());
        output.print(new ExportReport(out.toString(), export.examples(), export.excluded(), export.unreadable()));
        err().println("wrote " + export.examples() + " examples to " + out
                + (export.excluded() == 0
                        ? ""
                        : ", left out " + export.excluded() + " that had labels of excluded submitters only")
                + (export.unreadable() == 0
                        ? ""
                        : ", left out " + export.unreadable() + " records that are no examples"));
    }
}
