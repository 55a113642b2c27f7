package io.tickettriage.cli.training;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.evaluation.LabelledRow;
import io.tickettriage.training.evaluation.Metrics;
import io.tickettriage.training.evaluation.PairedBootstrap;
import io.tickettriage.training.evaluation.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage evaluate}: a model on labelled rows. */
@Command(
        name = "evaluate",
        description = {
            "Evaluates a model on labelled rows.",
            "",
            "Rows are JSON Lines: a \"text\" and the label of each head; a head that is null or missing does not count."
        },
        footer = {"", "Example:", "  triage evaluate --data rows.jsonl.gz --model model.json --json"})
public final class EvaluateCommand extends TriageCommand {
    private static final long SEED = 1;

    @Mixin
    private TrainingFiles files;

    @Mixin
    private OutputFormat output;

    @Option(names = "--data", paramLabel = "FILE", description = "The rows: .jsonl, or .jsonl.gz.", arity = "1..*")
    private List<Path> data = List.of();

    @Option(names = "--dataset", paramLabel = "NAME", split = ",", description = "Sources, instead of --data.")
    private List<String> names = List.of();

    @Option(names = "--model", paramLabel = "FILE", description = "The artifact. Default: the one in the program.")
    private @Nullable Path model;

    @Option(names = "--source", paramLabel = "NAME", split = ",", description = "Only the rows of these sources.")
    private List<String> sources = List.of();

    @Option(names = "--slice", paramLabel = "NAME", split = ",", description = "Apart: ${COMPLETION-CANDIDATES}.")
    private List<Slice> slices = List.of();

    @Option(names = "--compare", paramLabel = "FILE", description = "Another artifact; its lead, 95 %% interval.")
    private @Nullable Path other;

    @Override
    public Integer call() throws IOException {
        TicketModel evaluated = ArtifactFile.read(model).model();
        if (data.isEmpty() == names.isEmpty()) {
            throw wrongUsage("Name the rows, with --data or with --dataset.");
        }
        List<LabelledRow> rows = rows(evaluated);
        Evaluation evaluation = Evaluation.of(evaluated, rows);
        Map<String, Metrics> parts = new LinkedHashMap<>();
        slices.forEach(s -> parts.put(s.label(), Metrics.of(evaluation.where(row -> s.has(row.text())))));
        Map<String, Comparison> leads = new LinkedHashMap<>();
        if (other != null) {
            Evaluation second = Evaluation.of(ArtifactFile.read(other).model(), rows);
            Set<String> shared = second.model().heads().stream().map(Head::name).collect(Collectors.toSet());
            for (HeadScores scores : evaluation.heads()) {
                String name = scores.head().name();
                if (shared.contains(name)) {
                    leads.put(name, Comparison.of(PairedBootstrap.ofAccuracy(evaluation, second, name, SEED)));
                }
            }
        }
        output.print(new EvaluationReport(Metrics.of(evaluation), parts, leads));
        return 0;
    }

    private List<LabelledRow> rows(TicketModel evaluated) throws IOException {
        List<String> heads = evaluated.heads().stream().map(Head::name).toList();
        List<LabelledRow> rows = new ArrayList<>();
        for (Path file : data) {
            rows.addAll(LabelledRow.read(file, heads));
        }
        for (String name : names) {
            rows.addAll(LabelledRow.of(
                    files.reader().read(files.catalog().dataset(name)).rows()));
        }
        rows.removeIf(row -> !sources.isEmpty() && !sources.contains(row.source()));
        return rows;
    }

    /** A head's accuracy in two models on {@code n} rows, and the 95 % interval of the difference. */
    private record Comparison(
            int n, double accuracy, double otherAccuracy, double difference, double low, double high) {
        static Comparison of(PairedBootstrap lead) {
            return new Comparison(lead.rows(), lead.first(), lead.second(), lead.difference(), lead.low(), lead.high());
        }
    }

    /** What {@code evaluate} prints; parts nobody asked for are left out. */
    private record EvaluationReport(
            @JsonUnwrapped Metrics metrics,
            @JsonInclude(NON_EMPTY) Map<String, Metrics> slices,
            @JsonInclude(NON_EMPTY) Map<String, Comparison> comparison)
            implements Report {
        @Override
        public void print(Page page) {
            print(page, metrics);
            slices.forEach((name, part) -> {
                page.line();
                page.line("== " + name);
                print(page, part);
            });
            if (!comparison.isEmpty()) {
                page.line();
                Page.Table table = page.table("head", "accuracy", "other", "difference", "95 % interval", "rows");
                comparison.forEach((head, lead) -> {
                    String interval = points(lead.low()) + " to " + points(lead.high());
                    String second = percent(lead.otherAccuracy());
                    table.row(head, percent(lead.accuracy()), second, points(lead.difference()), interval, lead.n());
                });
                table.print();
            }
        }

        private static void print(Page page, Metrics metrics) {
            page.line(metrics.rows() + " rows, " + percent(metrics.review().share()) + " sent to review");
            page.line();
            Page.Table table = page.table("head", "rows", "accuracy", "macro-F1", "ECE");
            var heads = metrics.heads();
            heads.forEach(
                    (head, m) -> table.row(head, m.n(), percent(m.accuracy()), percent(m.macroF1()), percent(m.ece())));
            table.print();
            heads.forEach((head, m) -> {
                page.line();
                Page.Table labels = page.table(head, "precision", "recall", "rows");
                m.classes()
                        .forEach((label, l) ->
                                labels.row(label, percent(l.precision()), percent(l.recall()), l.support()));
                labels.print();
            });
        }

        private static String percent(double share) {
            return String.format(Locale.ROOT, "%.1f%%", 100 * share);
        }

        private static String points(double difference) {
            return String.format(Locale.ROOT, "%+.2f", 100 * difference);
        }
    }
}
