package io.tickettriage.training.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.Mustache;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.RoundingReport;
import io.tickettriage.training.TrainingRun;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.EvaluationRow;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.evaluation.Reliability;
import io.tickettriage.training.evaluation.Slice;
import io.tickettriage.training.fit.Augmentation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The report of a training: learning curves, confusion, reliability, coverage, sources, slices, rounding; one HTML file. */
public final class TrainingReport {
    private static final String TEMPLATE = "/report/training.html";
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrainingRun.Result result;
    private final Evaluation validation;

    /** A report of this result. */
    public TrainingReport(TrainingRun.Result result) {
        this.result = result;
        this.validation = result.validation();
    }

    /** The page; {@code noise} writes the texts of the slice "typos". */
    public String render(Augmentation noise) throws IOException {
        Map<String, Object> view = new HashMap<>();
        view.put("version", result.artifact().model().version());
        view.put("sha256", result.artifact().model().sha256());
        view.put("trainingRows", result.split().training().size());
        view.put("validationRows", result.split().validation().size());
        view.put("reviewShare", percent(validation.reviewShare()));
        view.put("heads", heads());
        view.put(
                "curves",
                result.curves().keySet().stream().map(id -> Map.of("id", id)).toList());
        view.put("sources", HtmlTable.scores(sources()));
        view.put("slices", HtmlTable.scores(slices(noise)));
        RoundingReport rounding = result.rounding();
        view.put("roundingRows", rounding.rows());
        view.put("roundingChanged", rounding.changedAnswers());
        view.put("roundingAnswers", rounding.answers());
        view.put("roundingMean", String.format(Locale.ROOT, "%.4f", rounding.meanDifference()));
        view.put("roundingLargest", String.format(Locale.ROOT, "%.4f", rounding.largestDifference()));
        view.put("roundingTable", HtmlTable.rounding(rounding));
        view.put("chartJs", resource(CHARTS));
        view.put("data", data());
        return Mustache.compiler().compile(resource(TEMPLATE)).execute(view);
    }

    private List<Map<String, Object>> heads() {
        List<Map<String, Object>> heads = new ArrayList<>();
        for (HeadScores scores : validation.heads()) {
            Map<String, Object> head = new HashMap<>();
            head.put("name", scores.head().name());
            head.put("rows", scores.matrix().total());
            head.put("accuracy", percent(scores.matrix().accuracy()));
            head.put("macroF1", percent(scores.matrix().macroF1()));
            head.put("ece", percent(scores.calibration().expectedError()));
            head.put(
                    "temperature",
                    String.format(Locale.ROOT, "%.3f", scores.head().temperature()));
            head.put(
                    "review",
                    scores.head().roles().review()
                            ? String.format(Locale.ROOT, "%.2f", scores.head().reviewThreshold())
                            : "–");
            head.put("matrix", HtmlTable.confusion(scores.matrix()));
            heads.add(head);
        }
        return heads;
    }

    private Map<String, Evaluation> sources() {
        Map<String, Evaluation> parts = new LinkedHashMap<>();
        TreeSet<String> names = new TreeSet<>();
        validation.rows().forEach(row -> names.add(row.row().source()));
        names.forEach(
                name -> parts.put(name, validation.of(row -> row.row().source().equals(name))));
        return parts;
    }

    private Map<String, Evaluation> slices(Augmentation noise) {
        Map<String, Evaluation> parts = new LinkedHashMap<>();
        parts.put("all", validation);
        for (Slice slice : Slice.values()) {
            parts.put(
                    slice.label(),
                    validation.of(row -> slice.has(row.row().example().text())));
        }
        SplittableRandom random = new SplittableRandom(1);
        List<EvaluationRow> typed = validation.rows().stream()
                .map(row -> {
                    LabelledExample e = row.row().example();
                    return new EvaluationRow(
                            LabelledExample.row(e.id(), noise.vary(e.text(), random), e.labels()),
                            true,
                            row.row().source());
                })
                .toList();
        parts.put("typos", Evaluation.of(validation.model(), typed));
        return parts;
    }

    private String data() throws JsonProcessingException {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode epochs = data.putArray("epochs");
        result.epochs().forEach(epoch -> {
            ObjectNode macroF1 = epochs.addObject().put("loss", epoch.loss()).putObject("macro_f1");
            epoch.macroF1().forEach(macroF1::put);
        });
        ObjectNode reliability = data.putObject("reliability");
        for (HeadScores scores : validation.heads()) {
            ArrayNode bins = reliability.putArray(scores.head().name());
            for (int bin = 0; bin < Reliability.BINS; bin++) {
                bins.addObject()
                        .put("n", scores.calibration().count(bin))
                        .put("confidence", scores.calibration().confidence(bin))
                        .put("accuracy", scores.calibration().accuracy(bin));
            }
        }
        ObjectNode curves = data.putObject("curves");
        result.curves().forEach((id, choice) -> {
            ArrayNode points = curves.putArray(id);
            choice.curve()
                    .forEach(p ->
                            points.addObject().put("coverage", p.coverage()).put("precision", p.precision()));
        });
        // A script ends at the first "</", wherever it stands.
        return JSON.writeValueAsString(data).replace("</", "<\\/");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
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
