package io.tickettriage.cli.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.DatasetCatalog;
import io.tickettriage.training.data.DatasetReader;
import io.tickettriage.training.data.DatasetSpec;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.EvaluationRow;
import io.tickettriage.training.evaluation.EvaluationRows;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.evaluation.PairedBootstrap;
import io.tickettriage.training.evaluation.Slice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code triage evaluate}: a model on labelled rows. */
@Command(
        name = "evaluate",
        description = {
            "Judges a model on labelled rows.",
            "",
            "Rows are JSON Lines: a \"text\" and, for each head whose answer is known, its label. A head that is null or"
                    + " missing is not judged."
        },
        footerHeading = "%nExample:%n",
        footer = "  triage evaluate --data rows.jsonl.gz --model model.json --json")
public final class EvaluateCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "FILE", description = "The rows: .jsonl, or .jsonl.gz.", arity = "1..*")
    private List<Path> data = List.of();

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            split = ",",
            description = "Sources of the catalogue, instead of --data.")
    private List<String> names = List.of();

    @Option(names = "--datasets", paramLabel = "FILE", description = "The catalogue. Default: config/datasets.yaml.")
    private @Nullable Path datasets;

    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            description = "Heads and labels of the catalogue. Default: config/taxonomy.yaml.")
    private @Nullable Path taxonomyFile;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The artifact, of version 1 or 2. Default: the one in the program.")
    private @Nullable Path model;

    @Option(names = "--source", paramLabel = "NAME", split = ",", description = "Judge only the rows of these sources.")
    private List<String> sources = List.of();

    @Option(
            names = "--slice",
            paramLabel = "NAME",
            split = ",",
            description = "Judge these kinds of text apart: ${COMPLETION-CANDIDATES}.")
    private List<Slice> slices = List.of();

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description =
                    "Another artifact, judged on the same rows; its lead with a 95 %% interval (paired bootstrap).")
    private @Nullable Path other;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelArtifact artifact = ArtifactFile.read(model);
        List<String> heads = artifact.model().heads().stream().map(Head::name).toList();
        if (data.isEmpty() == names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name the rows, with --data or with --dataset.");
        }
        List<EvaluationRow> rows = new ArrayList<>();
        for (Path file : data) {
            rows.addAll(EvaluationRows.read(file, heads));
        }
        rows.addAll(fromCatalog());
        if (!sources.isEmpty()) {
            rows.removeIf(row -> !sources.contains(row.source()));
        }
        Evaluation evaluation = Evaluation.of(artifact.model(), rows);
        Map<String, PairedBootstrap> comparison = compare(evaluation, rows);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode object = evaluation.toJson();
            for (Slice slice : slices) {
                object.withObject("slices")
                        .set(slice.label(), part(evaluation, slice).toJson());
            }
            comparison.forEach((head, lead) -> object.withObject("comparison")
                    .putObject(head)
                    .put("n", lead.rows())
                    .put("accuracy", lead.first())
                    .put("other_accuracy", lead.second())
                    .put("difference", lead.difference())
                    .put("low", lead.low())
                    .put("high", lead.high()));
            out.println(JSON.writeValueAsString(object));
        } else {
            print(evaluation, out);
            for (Slice slice : slices) {
                out.printf(Locale.ROOT, "%n== %s: ", slice.label());
                print(part(evaluation, slice), out);
            }
            comparison.forEach((head, lead) -> out.printf(
                    Locale.ROOT,
                    "%n%s: %.2f %% against %.2f %%, a difference of %+.2f (%+.2f to %+.2f), %d rows",
                    head,
                    100 * lead.first(),
                    100 * lead.second(),
                    100 * lead.difference(),
                    100 * lead.low(),
                    100 * lead.high(),
                    lead.rows()));
            out.println();
        }
        out.flush();
        return 0;
    }

    private List<EvaluationRow> fromCatalog() throws IOException {
        List<EvaluationRow> rows = new ArrayList<>();
        if (names.isEmpty()) {
            return rows;
        }
        DatasetCatalog catalog = ConfigFiles.read(datasets, "datasets.yaml", DatasetCatalog::read);
        DatasetReader reader =
                new DatasetReader(ConfigFiles.read(taxonomyFile, "taxonomy.yaml", Taxonomy::read), ConfigFiles.home());
        for (String name : names) {
            DatasetSpec dataset = catalog.dataset(name)
                    .orElseThrow(() -> new CommandFailedException("there is no dataset \"" + name + "\""));
            for (TrainingRow row : reader.read(dataset).rows()) {
                rows.add(new EvaluationRow(row.example(), true, row.source()));
            }
        }
        return rows;
    }

    private static Evaluation part(Evaluation evaluation, Slice slice) {
        return evaluation.of(row -> slice.has(row.row().example().text()));
    }

    private Map<String, PairedBootstrap> compare(Evaluation evaluation, List<EvaluationRow> rows) throws IOException {
        Map<String, PairedBootstrap> leads = new LinkedHashMap<>();
        if (other == null) {
            return leads;
        }
        TicketModel challenger = ArtifactFile.read(other).model();
        Evaluation second = Evaluation.of(challenger, rows);
        for (HeadScores head : evaluation.heads()) {
            String name = head.head().name();
            if (challenger.heads().stream().anyMatch(h -> h.name().equals(name))) {
                leads.put(name, PairedBootstrap.of(evaluation, second, name, 1));
            }
        }
        return leads;
    }

    private static void print(Evaluation evaluation, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d rows, %.1f %% sent to review%n",
                evaluation.rows().size(),
                100 * evaluation.reviewShare());
        out.printf(Locale.ROOT, "%n%-14s %7s %9s %9s %7s%n", "head", "rows", "accuracy", "macro-F1", "ECE");
        for (HeadScores head : evaluation.heads()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %7d %8.1f%% %8.1f%% %6.1f%%%n",
                    head.head().name(),
                    head.matrix().total(),
                    100 * head.matrix().accuracy(),
                    100 * head.matrix().macroF1(),
                    100 * head.calibration().expectedError());
        }
        for (HeadScores head : evaluation.heads()) {
            ConfusionMatrix matrix = head.matrix();
            out.printf(Locale.ROOT, "%n%-20s %9s %9s %9s%n", head.head().name(), "precision", "recall", "rows");
            for (int k = 0; k < matrix.labels().size(); k++) {
                out.printf(
                        Locale.ROOT,
                        "  %-18s %8.1f%% %8.1f%% %9d%n",
                        matrix.labels().get(k),
                        100 * matrix.precision(k),
                        100 * matrix.recall(k),
                        matrix.support(k));
            }
        }
    }
}
