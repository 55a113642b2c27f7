package io.tickettriage.cli.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.DatasetCatalog;
import io.tickettriage.training.data.DatasetFetcher;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.LoadedDataset;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code triage datasets}: the sources a model can learn from. */
@Command(
        name = "datasets",
        description = {
            "Shows, fetches and counts the sources a model can learn from.",
            "",
            "config/datasets.yaml describes them: where each one is, its format and licence, and what its labels are in ours."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  triage datasets list", "  triage datasets fetch banking77", "  triage datasets stats --json"})
public final class DatasetsCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--datasets",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The catalogue. Default: config/datasets.yaml.")
    private @Nullable Path datasets;

    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Heads and labels. Default: config/taxonomy.yaml.")
    private @Nullable Path taxonomyFile;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object.")
    private boolean json;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: list, fetch or stats?");
    }

    @Command(name = "list", description = "Lists the sources and whether they are here.")
    void list() throws IOException {
        DatasetReader reader = reader();
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode object = JSON.createObjectNode();
        if (!json) {
            out.printf(Locale.ROOT, "%-28s %-13s %-24s %-9s %s%n", "name", "format", "licence", "here", "trains");
        }
        for (DatasetSpec dataset : catalog().datasets()) {
            if (json) {
                object.putObject(dataset.name())
                        .put("format", dataset.format().name().toLowerCase(Locale.ROOT))
                        .put("licence", dataset.licence())
                        .put("path", reader.locate(dataset).toString())
                        .put("url", dataset.url())
                        .put("present", reader.isPresent(dataset))
                        .put("trains", dataset.trains());
            } else {
                out.printf(
                        Locale.ROOT,
                        "%-28s %-13s %-24s %-9s %s%n",
                        dataset.name(),
                        dataset.format().name().toLowerCase(Locale.ROOT),
                        dataset.licence(),
                        reader.isPresent(dataset) ? "yes" : dataset.url().isEmpty() ? "no" : "no, fetch",
                        dataset.trains() ? "yes" : "no");
            }
        }
        if (json) {
            out.println(JSON.writeValueAsString(object));
        }
    }

    @Command(
            name = "fetch",
            description = {
                "Gets sources over HTTP.",
                "",
                "An interrupted download is gone on with; a file is put in place only when it is whole and its checksum right."
            })
    void fetch(@Parameters(arity = "1..*", paramLabel = "NAME", description = "Which ones.") List<String> names)
            throws IOException {
        DatasetReader reader = reader();
        DatasetCatalog catalog = catalog();
        for (String name : names) {
            DatasetSpec dataset = catalog.dataset(name)
                    .orElseThrow(() -> new CommandFailedException("there is no dataset \"" + name + "\"; known: "
                            + String.join(
                                    ", ",
                                    catalog.datasets().stream()
                                            .map(DatasetSpec::name)
                                            .toList())));
            Path file = reader.locate(dataset);
            if (Files.exists(file)) {
                spec.commandLine().getErr().println(name + ": " + file + " is already there");
                continue;
            }
            String sha256 = Download.withBar(dataset, file);
            spec.commandLine().getErr().println(name + ": " + file + ", sha256 " + sha256);
        }
    }

    /**
     * A download with a progress bar. It is a class of its own because the production libraries have no progress bar:
     * picocli looks at every method of a command, and would not find the types in their signatures.
     */
    private static final class Download {
        static String withBar(DatasetSpec dataset, Path file) throws IOException {
            try (ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(dataset.name())
                    .setUnit(" KiB", 1024)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(console()))
                    .build()) {
                return new DatasetFetcher().fetch(dataset, file, (done, total) -> {
                    bar.maxHint(total);
                    bar.stepTo(done);
                });
            }
        }

        /** Progress bars are for the terminal, never for standard output. */
        private static PrintStream console() {
            return System.err;
        }
    }

    @Command(
            name = "stats",
            description = "Counts the rows of the sources that are here: per head and class, source and licence.")
    void stats() throws IOException {
        DatasetReader reader = reader();
        List<LoadedDataset> loaded = new ArrayList<>();
        for (DatasetSpec dataset : catalog().datasets()) {
            if (reader.isPresent(dataset)) {
                loaded.add(reader.read(dataset));
            } else {
                spec.commandLine().getErr().println(dataset.name() + ": not here, " + reader.locate(dataset));
            }
        }
        DatasetStats stats = new DatasetStats(loaded);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(stats.toJson()));
        } else {
            stats.print(out);
        }
    }

    private DatasetCatalog catalog() throws IOException {
        return ConfigFiles.read(datasets, "datasets.yaml", DatasetCatalog::read);
    }

    private DatasetReader reader() throws IOException {
        return new DatasetReader(ConfigFiles.read(taxonomyFile, "taxonomy.yaml", Taxonomy::read), ConfigFiles.home());
    }

    /** What {@code stats} counts. */
    private record DatasetStats(List<LoadedDataset> datasets) {
        ObjectNode toJson() {
            ObjectNode json = JSON.createObjectNode();
            for (LoadedDataset dataset : datasets) {
                ObjectNode node = json.putObject(dataset.spec().name());
                node.put("licence", dataset.spec().licence());
                node.put("rows", dataset.rows().size());
                node.put("without_label", dataset.withoutLabel());
                node.put("left_out", dataset.skipped());
                ObjectNode unmapped = node.putObject("unmapped");
                dataset.unmapped().forEach(unmapped::put);
                ObjectNode heads = node.putObject("heads");
                dataset.counts().forEach((head, labels) -> {
                    ObjectNode counts = heads.putObject(head);
                    labels.forEach(counts::put);
                });
                ObjectNode sources = node.putObject("sources");
                dataset.rows()
                        .forEach(row -> sources.put(
                                row.source(), sources.path(row.source()).asInt() + 1));
            }
            return json;
        }

        void print(PrintWriter out) {
            for (LoadedDataset dataset : datasets) {
                out.printf(
                        Locale.ROOT,
                        "%s (%s): %d rows, %d do not map, %d without a label, %d left out%n",
                        dataset.spec().name(),
                        dataset.spec().licence(),
                        dataset.rows().size(),
                        dataset.unmappedRows(),
                        dataset.withoutLabel(),
                        dataset.skipped());
                dataset.counts().forEach((head, labels) -> out.println("  " + head + ": " + join(labels)));
                if (!dataset.unmapped().isEmpty()) {
                    out.println("  do not map: " + join(dataset.unmapped()));
                }
            }
        }

        private static String join(Map<String, Integer> counts) {
            return String.join(
                    ", ",
                    counts.entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .toList());
        }
    }
}
