package io.tickettriage.training;

import static io.tickettriage.training.evaluation.Decimals.six;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.tickettriage.format.Json;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.Metrics;
import io.tickettriage.training.fit.Thresholds;
import io.tickettriage.training.fit.Thresholds.Choice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a training writes into its artifact about the model; but for the build, nothing depends on the hour or the machine. */
record ModelCard(Figures metrics, DriftReference reference, Provenance provenance, BuildInfo build) {
    private static final ObjectReader NUMBERS_AS_THEY_ARE =
            Json.MAPPER.readerFor(ObjectNode.class).without(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** The figures on the validation rows; a curve per head, or head.label, from which its threshold was chosen. */
    record Figures(
            Metrics validation,
            Map<String, Map<String, HeadFigures>> validationBySource,
            Map<String, Curve> thresholdCurves,
            Rounding rounding) {
        static Figures of(Evaluation validation, Map<String, Choice> curves, QuantizationReport quantization) {
            Map<String, Map<String, HeadFigures>> bySource = new LinkedHashMap<>();
            validation.bySource().forEach((source, part) -> {
                Map<String, HeadFigures> heads = new LinkedHashMap<>();
                part.heads().forEach(scores -> heads.put(scores.head().name(), HeadFigures.of(scores.matrix())));
                bySource.put(source, heads);
            });
            Map<String, Curve> rounded = new LinkedHashMap<>();
            curves.forEach((head, choice) -> rounded.put(head, Curve.of(choice)));
            return new Figures(Metrics.of(validation), bySource, rounded, Rounding.of(quantization));
        }
    }

    /** A head on the {@code n} rows of one source that have its label. */
    record HeadFigures(int n, double accuracy, double macroF1) {
        static HeadFigures of(ConfusionMatrix matrix) {
            return new HeadFigures(matrix.total(), six(matrix.accuracy()), six(matrix.macroF1()));
        }
    }

    /** A threshold and the curve it was chosen from. */
    record Curve(float threshold, List<Point> curve) {
        record Point(double threshold, double coverage, double precision) {
            static Point of(Thresholds.Point p) {
                return new Point(six(p.threshold()), six(p.coverage()), six(p.precision()));
            }
        }

        static Curve of(Choice choice) {
            return new Curve(
                    choice.threshold(), choice.curve().stream().map(Point::of).toList());
        }
    }

    /** The figures of a {@link QuantizationReport}. */
    record Rounding(
            int rows, int answers, int changedAnswers, double largestLogitDifference, double meanLogitDifference) {
        static Rounding of(QuantizationReport report) {
            int changed = report.changes().size();
            double largest = six(report.largestDifference());
            return new Rounding(report.rows(), report.predictions(), changed, largest, six(report.meanDifference()));
        }
    }

    /** The card as the artifact carries it. */
    ModelArtifact.Notes notes() {
        return new ModelArtifact.Notes(json(metrics), json(reference), json(provenance), json(build));
    }

    /** A section as a tree whose numbers keep their type: the mapper alone would make decimals of them. */
    private static ObjectNode json(Object section) {
        try (TokenBuffer tokens = new TokenBuffer(Json.MAPPER, false)) {
            Json.MAPPER.writeValue(tokens, section);
            return NUMBERS_AS_THEY_ARE.readValue(tokens.asParser());
        } catch (IOException e) {
            throw new IllegalStateException("a record can always be written", e);
        }
    }
}
