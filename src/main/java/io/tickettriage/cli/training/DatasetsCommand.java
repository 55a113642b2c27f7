package io.tickettriage.cli.training;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.training.data.DatasetCatalog;
import io.tickettriage.training.data.DatasetFetcher;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.LabelCounts;
import io.tickettriage.training.data.LoadedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage datasets}: the sources a model can learn from. */
@Command(
        name = "datasets",
        description =
                "Shows, fetches and counts the sources a model can learn from, as config/datasets.yaml describes them.",
        footer = {"", "Example:", "  triage datasets fetch banking77"})
public final class DatasetsCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingFiles files;

    @Command(name = "list", description = "Lists the sources and whether they are here.")
    void list(@Mixin OutputFormat output) throws IOException {
        DatasetReader reader = files.reader();
        Map<String, DatasetList.Listed> entries = new LinkedHashMap<>();
        for (DatasetSpec dataset : files.catalog().datasets()) {
            entries.put(dataset.name(), DatasetList.Listed.of(dataset, reader));
        }
        output.print(new DatasetList(entries));
    }

    @Command(
            name = "fetch",
            description =
                    "Downloads sources; an interrupted download is continued, and put in place once its checksum is right.")
    void fetch(@Parameters(arity = "1..*", paramLabel = "NAME", description = "Which ones.") List<String> names)
            throws IOException {
        DatasetReader reader = files.reader();
        DatasetCatalog catalog = files.catalog();
        for (String name : names) {
            DatasetSpec dataset = catalog.dataset(name);
            Path file = reader.locate(dataset);
            String done = Files.exists(file) ? " is already there" : ", sha256 " + Download.withBar(dataset, file);
            spec.commandLine().getErr().println(name + ": " + file + done);
        }
    }

    /**
     * A download with a progress bar. It is a class of its own because the production libraries have no progress bar:
     * picocli looks at every method of a command, and would not find the types in their signatures.
     */
    private static final class Download {
        static String withBar(DatasetSpec dataset, Path file) throws IOException {
            // Progress bars are for the terminal, never for standard output.
            ProgressBarBuilder builder = new ProgressBarBuilder()
                    .setTaskName(dataset.name())
                    .setUnit(" KiB", 1024)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err));
            try (ProgressBar bar = builder.build()) {
                return new DatasetFetcher().fetch(dataset, file, (done, total) -> {
                    bar.maxHint(total);
                    bar.stepTo(done);
                });
            }
        }
    }

    @Command(name = "stats", description = "Counts the rows of the sources that are here.")
    void stats(@Mixin OutputFormat output) throws IOException {
        DatasetReader reader = files.reader();
        Map<String, DatasetStats.Counted> entries = new LinkedHashMap<>();
        for (DatasetSpec dataset : files.catalog().datasets()) {
            if (reader.isPresent(dataset)) {
                entries.put(dataset.name(), DatasetStats.Counted.of(reader.read(dataset)));
            } else {
                spec.commandLine().getErr().println(dataset.name() + ": not here, " + reader.locate(dataset));
            }
        }
        output.print(new DatasetStats(entries));
    }

    /** What {@code list} prints. */
    private record DatasetList(@JsonValue Map<String, Listed> datasets) implements Report {
        record Listed(String format, String licence, String path, String url, boolean present, boolean trains) {
            static Listed of(DatasetSpec dataset, DatasetReader reader) {
                return new Listed(
                        dataset.reading().format().name().toLowerCase(Locale.ROOT),
                        dataset.licence(),
                        reader.locate(dataset).toString(),
                        dataset.location().url(),
                        reader.isPresent(dataset),
                        dataset.trains());
            }
        }

        @Override
        public void print(Page page) {
            Page.Table table = page.table("name", "format", "licence", "here", "trains");
            datasets.forEach((name, d) -> {
                String here = d.present() ? "yes" : d.url().isEmpty() ? "no" : "no, fetch";
                table.row(name, d.format(), d.licence(), here, d.trains() ? "yes" : "no");
            });
            table.print();
        }
    }

    /** What {@code stats} prints. */
    private record DatasetStats(@JsonValue Map<String, Counted> datasets) implements Report {
        record Counted(
                String licence,
                int rows,
                int withoutLabel,
                int leftOut,
                SortedMap<String, Integer> unmapped,
                SortedMap<String, SortedMap<String, Integer>> heads,
                Map<String, Integer> sources) {
            static Counted of(LoadedDataset dataset) {
                Map<String, Integer> sources = new LinkedHashMap<>();
                dataset.rows().forEach(row -> sources.merge(row.source(), 1, Integer::sum));
                return new Counted(
                        dataset.spec().licence(),
                        dataset.rows().size(),
                        dataset.withoutLabel(),
                        dataset.skipped(),
                        dataset.unmapped(),
                        LabelCounts.of(dataset.rows()).byHead(),
                        sources);
            }
        }

        @Override
        public void print(Page page) {
            datasets.forEach((name, d) -> {
                int unmapped = d.unmapped().values().stream().mapToInt(n -> n).sum();
                page.line(
                        "%s (%s): %d rows, %d without a mapped label, %d without a label, %d left out",
                        name, d.licence(), d.rows(), unmapped, d.withoutLabel(), d.leftOut());
                d.heads().forEach((head, labels) -> page.line("  " + head + ": " + join(labels)));
                if (unmapped > 0) {
                    page.line("  not mapped: " + join(d.unmapped()));
                }
            });
        }

        private static String join(Map<String, Integer> counts) {
            List<String> joined = new ArrayList<>();
            counts.forEach((label, count) -> joined.add(label + " " + count));
            return String.join(", ", joined);
        }
    }
}
