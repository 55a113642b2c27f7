package io.tickettriage.training.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import io.tickettriage.format.Json;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.training.QuantizationReport;
import io.tickettriage.training.TrainingRun;
import io.tickettriage.training.evaluation.CalibrationError.Bin;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.evaluation.LabelledRow;
import io.tickettriage.training.evaluation.ScoredRow;
import io.tickettriage.training.evaluation.Slice;
import io.tickettriage.training.fit.Thresholds.Choice;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The report of a training, one HTML file; its records are what the template {@code report/training.html} names, which
 * escapes every text.
 */
public final class TrainingReport {
    private static final String TEMPLATE = "/report/training.html";
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private TrainingReport() {}

    private record View(
            String version,
            String sha256,
            int trainingRows,
            int validationRows,
            String reviewShare,
            List<HeadView> heads,
            Set<String> curves,
            List<ScoreTable> tables,
            QuantizationReport quantization,
            int changed,
            String mean,
            String largest,
            String chartJs,
            String data) {}

    private record HeadView(
            String name,
            int rows,
            String accuracy,
            String macroF1,
            String calibrationError,
            String temperature,
            String review,
            List<String> labels,
            List<MatrixRow> matrix) {
        static HeadView of(HeadScores scores) {
            Head head = scores.head();
            ConfusionMatrix matrix = scores.matrix();
            return new HeadView(
                    head.name(),
                    matrix.total(),
                    percent(matrix.accuracy()),
                    percent(matrix.macroF1()),
                    percent(scores.calibration().expected()),
                    format("%.3f", head.temperature()),
                    head.roles().review() ? format("%.2f", head.reviewThreshold()) : "–",
                    matrix.labels(),
                    MatrixRow.of(matrix));
        }
    }

    /** A row of a confusion matrix. */
    private record MatrixRow(String label, List<Cell> cells) {
        record Cell(String colour, String count) {}

        static List<MatrixRow> of(ConfusionMatrix matrix) {
            List<MatrixRow> rows = new ArrayList<>();
            for (String label : matrix.labels()) {
                int truth = rows.size();
                int support = matrix.support(truth);
                List<Cell> cells = new ArrayList<>();
                for (int predicted = 0; predicted < matrix.labels().size(); predicted++) {
                    int n = matrix.count(truth, predicted);
                    double share = support == 0 ? 0 : (double) n / support;
                    String colour = truth == predicted ? "34,139,94" : "200,60,60";
                    cells.add(new Cell(format("%s,%.2f", colour, share), n == 0 ? "" : String.valueOf(n)));
                }
                rows.add(new MatrixRow(label, cells));
            }
            return rows;
        }
    }

    /** The scores of each head on parts of the rows. */
    private record ScoreTable(String title, String note, Set<String> heads, List<Line> lines) {
        record Line(String name, int rows, String review, List<String> scores) {}

        static ScoreTable of(String title, String note, Map<String, Evaluation> parts) {
            Set<String> heads = new LinkedHashSet<>();
            parts.values().forEach(part -> part.model().heads().forEach(head -> heads.add(head.name())));
            List<Line> lines = new ArrayList<>();
            parts.forEach((name, part) -> {
                Map<String, String> scores = new HashMap<>();
                for (HeadScores head : part.heads()) {
                    ConfusionMatrix m = head.matrix();
                    scores.put(head.head().name(), format("%.1f / %.1f", 100 * m.accuracy(), 100 * m.macroF1()));
                }
                List<String> cells = heads.stream()
                        .map(head -> scores.getOrDefault(head, ""))
                        .toList();
                lines.add(new Line(name, part.rows().size(), percent(part.reviewShare()), cells));
            });
            return new ScoreTable(title, note, heads, lines);
        }
    }

    /** The data of the charts. */
    private record Charts(List<Epoch> epochs, Map<String, List<Bin>> reliability, Map<String, Choice> curves) {
        record Epoch(double loss, Map<String, Double> macroF1) {}

        static Charts of(TrainingRun.Result result) {
            Map<String, List<Bin>> reliability = new LinkedHashMap<>();
            for (HeadScores head : result.validation().heads()) {
                reliability.put(head.head().name(), head.calibration().bins());
            }
            List<Epoch> epochs = new ArrayList<>();
            result.epochs().forEach(epoch -> epochs.add(new Epoch(epoch.loss(), epoch.macroF1())));
            return new Charts(epochs, reliability, result.curves());
        }
    }

    /** The page; {@code augmenter} writes the texts of the slice "typos". */
    public static String render(TrainingRun.Result result, TextAugmenter augmenter) throws IOException {
        TicketModel model = result.written().artifact().model();
        Evaluation validation = result.validation();
        QuantizationReport quantization = result.quantization();
        String note = "\"typos\" are the same rows, written in another style by the augmentation of the training.";
        View view = new View(
                model.version(),
                model.sha256(),
                result.split().training().size(),
                result.split().validation().size(),
                percent(validation.reviewShare()),
                validation.heads().stream().map(HeadView::of).toList(),
                result.curves().keySet(),
                List.of(
                        ScoreTable.of("By source", "", validation.bySource()),
                        ScoreTable.of("By kind of text", note, slices(validation, augmenter))),
                quantization,
                quantization.changes().size(),
                format("%.4f", quantization.meanDifference()),
                format("%.4f", quantization.largestDifference()),
                resource(CHARTS),
                // A script ends at the first "</", wherever it stands.
                Json.text(Charts.of(result)).replace("</", "<\\/"));
        return Mustache.compiler().compile(resource(TEMPLATE)).execute(view);
    }

    private static Map<String, Evaluation> slices(Evaluation validation, TextAugmenter augmenter) {
        Map<String, Evaluation> parts = new LinkedHashMap<>();
        parts.put("all", validation);
        for (Slice slice : Slice.values()) {
            parts.put(slice.label(), validation.where(row -> slice.has(row.text())));
        }
        SplittableRandom random = new SplittableRandom(1);
        List<LabelledRow> typed = new ArrayList<>();
        for (ScoredRow scored : validation.rows()) {
            LabelledExample example = scored.row().example();
            String text = augmenter.vary(example.text(), random);
            typed.add(new LabelledRow(example.withText(text), true, scored.row().source()));
        }
        parts.put("typos", Evaluation.of(validation.model(), typed));
        return parts;
    }

    private static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = TrainingReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path; run ./triage, which adds the tools");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
