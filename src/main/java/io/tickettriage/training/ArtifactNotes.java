package io.tickettriage.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.JudgedRow;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.fit.HeadTuner;
import io.tickettriage.training.fit.Split;
import io.tickettriage.training.fit.Thresholds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a training writes into its artifact besides the network; nothing that depends on the hour or the machine. */
final class ArtifactNotes {
    private static final int CONFIDENCE_BINS = 10;
    private static final double DECIMALS = 1e6;
    private static final ObjectMapper SNAKE_CASE =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private final Taxonomy taxonomy;
    private final TrainingPlan plan;

    ArtifactNotes(Taxonomy taxonomy, TrainingPlan plan) {
        this.taxonomy = taxonomy;
        this.plan = plan;
    }

    ObjectNode metrics(Evaluation validation, HeadTuner.Tuned tuned, RoundingReport rounding) {
        ObjectNode json = TrainingRun.object();
        json.set("validation", validation.toJson());
        ObjectNode bySource = json.putObject("validation_by_source");
        validation.rows().stream()
                .map(r -> r.row().source())
                .distinct()
                .sorted()
                .forEach(source -> {
                    ObjectNode node = bySource.putObject(source);
                    validation
                            .of(row -> row.row().source().equals(source))
                            .heads()
                            .forEach(head -> node.putObject(head.head().name())
                                    .put("n", head.matrix().total())
                                    .put("accuracy", round(head.matrix().accuracy()))
                                    .put("macro_f1", round(head.matrix().macroF1())));
                });
        ObjectNode curves = json.putObject("threshold_curves");
        tuned.curves().forEach((head, choice) -> {
            ArrayNode curve =
                    curves.putObject(head).put("threshold", choice.threshold()).putArray("curve");
            for (Thresholds.Point point : choice.curve()) {
                curve.addObject()
                        .put("threshold", round(point.threshold()))
                        .put("coverage", round(point.coverage()))
                        .put("precision", round(point.precision()));
            }
        });
        json.putObject("rounding")
                .put("rows", rounding.rows())
                .put("answers", rounding.answers())
                .put("changed_answers", rounding.changedAnswers())
                .put("largest_logit_difference", round(rounding.largestDifference()))
                .put("mean_logit_difference", round(rounding.meanDifference()));
        return json;
    }

    /** The distributions of what the model answers on the rows that judged it. */
    ObjectNode reference(Evaluation validation) {
        ObjectNode json = TrainingRun.object();
        int n = validation.rows().size();
        json.put("rows", n);
        ObjectNode heads = json.putObject("heads");
        for (Head head : validation.model().heads()) {
            int[] labels = new int[head.labels().size()];
            int[] bins = new int[CONFIDENCE_BINS];
            for (JudgedRow row : validation.rows()) {
                HeadPrediction answer = row.prediction().head(head.name());
                labels[answer.labelIndex()]++;
                bins[Math.min(CONFIDENCE_BINS - 1, (int) (answer.confidence() * CONFIDENCE_BINS))]++;
            }
            ObjectNode node = heads.putObject(head.name());
            ObjectNode shares = node.putObject("labels");
            for (int k = 0; k < labels.length; k++) {
                shares.put(head.labels().get(k), round((double) labels[k] / n));
            }
            ArrayNode confidence = node.putArray("confidence");
            for (int bin : bins) {
                confidence.add(round((double) bin / n));
            }
        }
        long words = validation.rows().stream()
                .mapToLong(r -> r.prediction().words())
                .sum();
        long unknown = validation.rows().stream()
                .mapToLong(r -> r.prediction().unknownWords())
                .sum();
        json.put("unknown_words", words == 0 ? 0 : round((double) unknown / words));
        return json;
    }

    ObjectNode provenance(Split split, ObjectNode data, List<EpochReport> epochs) {
        ObjectNode json = TrainingRun.object();
        json.put("seed", plan.seed());
        json.set("data", data);
        json.put("training_rows", split.training().size());
        json.put("validation_rows", split.validation().size());
        ObjectNode sources = json.putObject("rows_by_source");
        Map<String, Integer> bySource = new TreeMap<>();
        for (List<TrainingRow> part : List.of(split.training(), split.validation())) {
            part.forEach(row -> bySource.merge(row.source(), 1, Integer::sum));
        }
        bySource.forEach(sources::put);
        ObjectNode settings = json.putObject("settings");
        settings.set("vocabulary", SNAKE_CASE.valueToTree(plan.vocabulary()));
        settings.set("fit", SNAKE_CASE.valueToTree(plan.fit()));
        settings.set("review", SNAKE_CASE.valueToTree(plan.review()));
        settings.put("validation_share", plan.validationShare());
        settings.put("refit", plan.refit());
        ArrayNode losses = json.putArray("epochs");
        for (EpochReport epoch : epochs) {
            losses.addObject()
                    .put("loss", round(epoch.loss()))
                    .put("selection", round(epoch.selection()))
                    .put("best", epoch.best());
        }
        json.put("selected_by", "mean macro-F1 of the heads on the validation rows");
        ObjectNode critical = json.putObject("critical");
        taxonomy.heads().stream().filter(h -> !h.critical().isEmpty()).forEach(head -> {
            ArrayNode labels = critical.putArray(head.name());
            head.critical().forEach(labels::add);
        });
        json.put("parent", "");
        return json;
    }

    List<ModelArtifact.GoldenTicket> golden(TicketModel model) {
        Predictor predictor = model.newPredictor();
        List<ModelArtifact.GoldenTicket> golden = new ArrayList<>();
        for (String text : plan.golden()) {
            Map<String, List<Float>> scores = new LinkedHashMap<>();
            for (HeadPrediction answer : predictor.predict(text, Map.of()).heads()) {
                List<Float> values = new ArrayList<>();
                for (float score : answer.scores()) {
                    values.add(score);
                }
                scores.put(answer.head().name(), values);
            }
            golden.add(new ModelArtifact.GoldenTicket(text, Map.of(), scores));
        }
        return golden;
    }

    private static double round(double value) {
        return Math.rint(value * DECIMALS) / DECIMALS;
    }
}
