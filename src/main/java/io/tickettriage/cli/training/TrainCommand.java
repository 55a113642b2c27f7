package io.tickettriage.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.Retraining;
import io.tickettriage.training.RowSources;
import io.tickettriage.training.TrainingPlan;
import io.tickettriage.training.TrainingRun;
import io.tickettriage.training.data.CorrectionRows;
import io.tickettriage.training.data.DatasetCatalog;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.report.TrainingReport;
import io.tickettriage.training.synthesis.StyleNoise;
import io.tickettriage.training.synthesis.SynthesisPlan;
import io.tickettriage.training.synthesis.Synthesizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code triage train}: datasets to an artifact. */
@Command(
        name = "train",
        description = {
            "Trains a model and writes its artifact.",
            "",
            "Without --data it learns from the sources of config/datasets.yaml that are there, and from synthetic rows. The"
                    + " taxonomy says which questions there are; config/training.yaml holds the settings."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  triage train",
            "  triage train --corrections corrections.jsonl --from model.json --out next.json",
            "  triage train --data tickets.jsonl --taxonomy my-taxonomy.yaml --out model.json"
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Rows in the project's schema (.jsonl, .jsonl.gz), instead of the catalogue's sources.")
    private List<Path> data = List.of();

    @Option(
            names = "--datasets",
            paramLabel = "FILE",
            description = "The catalogue of sources. Default: config/datasets.yaml.")
    private @Nullable Path datasets;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Learn only from these sources of the catalogue.")
    private List<String> only = List.of();

    @Option(names = "--taxonomy", paramLabel = "FILE", description = "Heads and labels. Default: config/taxonomy.yaml.")
    private @Nullable Path taxonomyFile;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings. Default: config/training.yaml.")
    private @Nullable Path config;

    @Option(
            names = "--synthetic",
            paramLabel = "FILE",
            description = "Templates and style. Default: config/synthetic.yaml.")
    private @Nullable Path syntheticFile;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of everything random. Default: the one in the settings.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "data/model.json",
            description = "Where the artifact goes. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--json", description = "With --from: print the gate's verdict as one JSON object.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report goes, one HTML file. Default: none.")
    private @Nullable Path report;

    @Option(
            names = "--corrections",
            paramLabel = "FILE",
            description = "Corrected tickets (corrections.jsonl), learnt with more weight; needs --from.")
    private @Nullable Path corrections;

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description = "The artifact to go on from. It ends with the gate: exit code 1 if the new model is refused.")
    private @Nullable Path from;

    @Override
    public Integer call() throws IOException {
        if ((corrections == null) != (from == null)) {
            throw new ParameterException(spec.commandLine(), "--corrections and --from go together.");
        }
        Taxonomy taxonomy = ConfigFiles.read(taxonomyFile, "taxonomy.yaml", Taxonomy::read);
        TrainingPlan plan = ConfigFiles.read(config, "training.yaml", TrainingPlan::read);
        if (seed != null) {
            plan = plan.withSeed(seed);
        }
        PrintWriter err = spec.commandLine().getErr();
        SynthesisPlan synthesis = ConfigFiles.read(syntheticFile, "synthetic.yaml", SynthesisPlan::read);
        ModelArtifact parent = from == null ? null : ArtifactFile.read(from);
        if (parent != null) {
            // The parent's own seed parts the rows as they were parted then.
            plan = plan.withSeed(parent.seed().orElse(plan.seed()));
        }
        RowSources sources = rows(taxonomy, plan, synthesis, err);
        if (parent != null && corrections != null) {
            List<TrainingRow> corrected =
                    CorrectionRows.read(corrections, taxonomy, plan.retrain().correctionWeight());
            return retrain(
                    new Retraining(taxonomy, plan, new StyleNoise(synthesis.style())), parent, sources, corrected);
        }
        TrainingRun run = new TrainingRun(taxonomy, plan, new StyleNoise(synthesis.style()));
        TrainingRun.Result result = run.run(sources.rows(), sources.provenance(), build(), new ConsoleProgress(err));
        AtomicFile.write(out, result.file());
        if (report != null) {
            AtomicFile.write(
                    report,
                    new TrainingReport(result)
                            .render(new StyleNoise(synthesis.style()))
                            .getBytes(UTF_8));
        }
        for (HeadScores head : result.validation().heads()) {
            err.printf(
                    Locale.ROOT,
                    "%-14s accuracy %5.1f %%  macro-F1 %5.1f %%  ECE %4.1f %%%n",
                    head.head().name(),
                    100 * head.matrix().accuracy(),
                    100 * head.matrix().macroF1(),
                    100 * head.calibration().expectedError());
        }
        err.printf(
                Locale.ROOT,
                "%.1f %% sent to review%n",
                100 * result.validation().reviewShare());
        spec.commandLine()
                .getOut()
                .println(out + ": model " + result.artifact().model().version() + ", "
                        + result.artifact().model().network().size().bytes() + " bytes of parameters");
        return 0;
    }

    private int retrain(Retraining retraining, ModelArtifact parent, RowSources sources, List<TrainingRow> corrected)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter stdout = spec.commandLine().getOut();
        Retraining.Result result = retraining.run(
                parent, sources.rows(), corrected, sources.provenance(), build(), new ConsoleProgress(err));
        AtomicFile.write(out, result.file());
        err.println(result.verdict().table());
        if (json) {
            stdout.println(new ObjectMapper()
                    .writeValueAsString(result.verdict()
                            .toJson()
                            .put("version", result.artifact().model().version())));
        } else {
            stdout.println(out + ": model " + result.artifact().model().version() + ", "
                    + (result.verdict().promoted() ? "promoted" : "refused"));
        }
        return result.verdict().promoted() ? 0 : 1;
    }

    private RowSources rows(Taxonomy taxonomy, TrainingPlan plan, SynthesisPlan synthesis, PrintWriter err)
            throws IOException {
        RowSources sources = new RowSources(taxonomy, plan, err::println);
        if (data.isEmpty()) {
            DatasetCatalog catalog = ConfigFiles.read(datasets, "datasets.yaml", DatasetCatalog::read);
            requireKnown(catalog);
            List<DatasetSpec> specs = catalog.datasets().stream()
                    .filter(d -> d.trains() && (only.isEmpty() || only.contains(d.name())))
                    .toList();
            sources.addDatasets(specs, ConfigFiles.home(), true);
            if (only.isEmpty() || only.contains(Synthesizer.TEMPLATES)) {
                sources.addSynthetic(synthesis);
            }
        } else {
            List<DatasetSpec> specs = data.stream()
                    .map(file -> DatasetSpec.ownSchema(file.getFileName().toString(), file.toString()))
                    .toList();
            sources.addDatasets(specs, Path.of("").toAbsolutePath(), false);
        }
        return sources;
    }

    private static ObjectNode build() {
        ObjectNode build = JsonNodeFactory.instance.objectNode();
        build.put("time", Instant.now().toString());
        build.put("java", System.getProperty("java.version"));
        build.put("engine", "PyTorch by DJL");
        return build;
    }

    private static final class ConsoleProgress implements TrainingRun.Progress {
        private final PrintWriter err;

        ConsoleProgress(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void step(String what) {
            err.println(what);
            err.flush();
        }

        @Override
        public void epoch(EpochReport report) {
            double seconds = report.elapsed().toMillis() / 1000.0;
            err.printf(
                    Locale.ROOT,
                    "epoch %2d of %d  loss %.4f%s  %.0f s left%n",
                    report.epoch(),
                    report.epochs(),
                    report.loss(),
                    report.macroF1().isEmpty() ? "" : judged(report),
                    seconds / report.epoch() * (report.epochs() - report.epoch()));
            err.flush();
        }

        private static String judged(EpochReport report) {
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "  macro-F1 %.4f%s", report.selection(), report.best() ? " *" : "  "));
            report.macroF1().forEach((head, f1) -> line.append(String.format(Locale.ROOT, " %s %.3f", head, f1)));
            return line.toString();
        }
    }

    /** A misspelt source would leave its rows out without a word. */
    private void requireKnown(DatasetCatalog catalog) {
        List<String> known = new ArrayList<>(List.of(Synthesizer.TEMPLATES));
        catalog.datasets().stream()
                .filter(DatasetSpec::trains)
                .map(DatasetSpec::name)
                .forEach(known::add);
        for (String name : only) {
            if (!known.contains(name)) {
                throw new CommandFailedException(
                        "--only " + name + ": no source of that name can be learnt from (known: " + known + ")");
            }
        }
    }
}
