package io.tickettriage.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.format.Yaml;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.BuildInfo;
import io.tickettriage.training.GateVerdict;
import io.tickettriage.training.TrainingData;
import io.tickettriage.training.TrainingPlan;
import io.tickettriage.training.TrainingProgress;
import io.tickettriage.training.TrainingRun;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.Metrics;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.report.TrainingReport;
import io.tickettriage.training.synthesis.SynthesisPlan;
import io.tickettriage.training.synthesis.Synthesizer;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage train}: datasets to an artifact. */
@Command(
        name = "train",
        description = {
            "Trains a model and writes its artifact.",
            "",
            "Without --data (.jsonl, .jsonl.gz) it learns from the sources of config/datasets.yaml that are there, and from"
                    + " synthetic rows. The taxonomy defines the heads and their labels; config/training.yaml holds the"
                    + " settings. With --corrections and --from it ends with the promotion gate: exit code 1 if the new"
                    + " model is refused."
        },
        footer = {
            "",
            "Examples:",
            "  triage train --corrections corrections.jsonl --from model.json --out next.json",
            "  triage train --data tickets.jsonl --taxonomy my-taxonomy.yaml --out model.json"
        })
public final class TrainCommand extends TriageCommand {
    @Mixin
    private TrainingFiles files;

    @Mixin
    private OutputFormat output;

    @Option(names = "--data", paramLabel = "FILE", arity = "1..*", description = "Rows, instead of the catalogue's.")
    private List<Path> data = List.of();

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these sources of the catalogue.")
    private List<String> only = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "Settings. Default: config/training.yaml.")
    private @Nullable Path config;

    @Option(names = "--synthetic", paramLabel = "FILE", description = "Templates. Default: config/synthetic.yaml.")
    private @Nullable Path syntheticFile;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random; default: the settings'.")
    private @Nullable Long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "The artifact. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("data", "model.json");

    @Option(names = "--report", paramLabel = "FILE", description = "Write a report, one HTML file.")
    private @Nullable Path report;

    @Option(names = "--corrections", paramLabel = "FILE", description = "Learnt with more weight; needs --from.")
    private @Nullable Path corrections;

    @Option(names = "--from", paramLabel = "MODEL", description = "The artifact whose training continues (warm start).")
    private @Nullable Path from;

    @Override
    public Integer call() throws IOException {
        if ((corrections == null) != (from == null)) {
            throw wrongUsage("--corrections and --from go together.");
        }
        TrainingPlan plan =
                ConfigFiles.read(config, "training.yaml", (yaml, name) -> Yaml.read(yaml, name, TrainingPlan.class));
        if (seed != null) {
            plan = plan.withSeed(seed);
        }
        Taxonomy taxonomy = files.taxonomy();
        SynthesisPlan synthesis = ConfigFiles.read(
                syntheticFile, "synthetic.yaml", (yaml, name) -> Yaml.read(yaml, name, SynthesisPlan.class));
        ModelArtifact parent = from == null ? null : ArtifactFile.read(from);
        if (parent != null) {
            // The parent's own seed splits the rows as they were split then.
            plan = plan.withSeed(parent.seed().orElse(plan.seed()));
        }
        TextAugmenter augmenter = new TextAugmenter(synthesis.style());
        Page page = new Page(err());
        TrainingRun run = new TrainingRun(taxonomy, plan, augmenter, BuildInfo.now(), new ConsoleProgress(page));
        TrainingData rows = data(taxonomy, plan, synthesis);
        return parent == null || corrections == null
                ? train(run, rows, page)
                : retrain(run, rows, parent.model(), corrections, page);
    }

    private int train(TrainingRun run, TrainingData rows, Page page) throws IOException {
        TrainingRun.Result result = run.train(rows);
        AtomicFile.write(out, result.written().bytes());
        if (report != null) {
            AtomicFile.write(
                    report, TrainingReport.render(result, run.augmenter()).getBytes(UTF_8));
        }
        Metrics metrics = Metrics.of(result.validation());
        Page.Table table = page.table("head", "accuracy", "macro-F1", "ECE");
        metrics.heads()
                .forEach((head, m) -> table.row(head, percent(m.accuracy()), percent(m.macroF1()), percent(m.ece())));
        table.print();
        page.line(percent(metrics.review().share()) + " sent to review");
        TicketModel model = result.written().artifact().model();
        long bytes = model.network().size().bytes();
        out().println(out + ": model " + model.version() + ", " + bytes + " bytes of parameters");
        return 0;
    }

    private int retrain(TrainingRun run, TrainingData rows, TicketModel parent, Path corrected, Page page)
            throws IOException {
        float weight = run.plan().retrain().correctionWeight();
        List<TrainingRow> corrections = TrainingRow.readCorrections(corrected, run.taxonomy(), weight);
        TrainingRun.Retrained result = run.retrain(parent, rows, corrections);
        AtomicFile.write(out, result.written().bytes());
        GateVerdict verdict = result.verdict();
        Page.Table table = page.table("", "rows", "active", "candidate", "");
        for (GateVerdict.Check check : verdict.checks()) {
            String reason = (check.passed() ? "ok: " : "REFUSED: ") + check.reason();
            table.row(check.what(), check.rows(), percent(check.active()), percent(check.candidate()), reason);
        }
        table.print();
        page.line(verdict.verdict());
        output.print(new Retrained(verdict, result.written().artifact().model().version(), out));
        return verdict.promoted() ? 0 : 1;
    }

    private TrainingData data(Taxonomy taxonomy, TrainingPlan plan, SynthesisPlan synthesis) throws IOException {
        TrainingData rows = new TrainingData();
        if (!data.isEmpty()) {
            List<DatasetSpec> given = data.stream()
                    .map(file -> DatasetSpec.ownSchema(file.getFileName().toString(), file.toString()))
                    .toList();
            rows.addDatasets(new DatasetReader(taxonomy, Path.of("").toAbsolutePath()), given, false, err()::println);
            return rows;
        }
        List<DatasetSpec> datasets = new ArrayList<>(files.catalog().datasets());
        datasets.removeIf(dataset -> !dataset.trains());
        List<String> known = new ArrayList<>(List.of(Synthesizer.TEMPLATES));
        datasets.forEach(dataset -> known.add(dataset.name()));
        for (String name : only) {
            // A misspelt source would leave its rows out silently.
            if (!known.contains(name)) {
                throw new CommandFailedException(
                        "--only " + name + ": no source of that name can be learnt from (known: " + known + ")");
            }
        }
        datasets.removeIf(dataset -> !only.isEmpty() && !only.contains(dataset.name()));
        rows.addDatasets(files.reader(), datasets, true, err()::println);
        if (only.isEmpty() || only.contains(Synthesizer.TEMPLATES)) {
            rows.addSynthetic(taxonomy, synthesis, plan, err()::println);
        }
        return rows;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    /** What a retraining prints. */
    private record Retrained(
            @JsonUnwrapped GateVerdict verdict,
            String version,
            @JsonIgnore Path file) implements Report {
        @Override
        public void print(Page page) {
            page.line(file + ": model " + version + ", " + verdict.verdict());
        }
    }

    private record ConsoleProgress(Page page) implements TrainingProgress {
        @Override
        public void step(String what) {
            page.line(what);
        }

        @Override
        public void epoch(EpochReport report) {
            StringBuilder scores = new StringBuilder();
            if (!report.macroF1().isEmpty()) {
                String best = report.best() ? " *" : "  ";
                scores.append(String.format(Locale.ROOT, "  macro-F1 %.4f%s", report.selection(), best));
            }
            report.macroF1().forEach((head, f1) -> scores.append(String.format(Locale.ROOT, " %s %.3f", head, f1)));
            double left = report.elapsed().toMillis() / 1000.0 / report.epoch() * (report.epochs() - report.epoch());
            page.line(
                    "epoch %2d of %d  loss %.4f%s  %.0f s left",
                    report.epoch(), report.epochs(), report.loss(), scores, left);
        }
    }
}
