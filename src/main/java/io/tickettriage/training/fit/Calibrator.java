package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.TrainingRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses temperatures and thresholds, with the quantized weights that will score. */
public record Calibrator(HeadLayout layout, ReviewGoal goal) {
    /**
     * How review thresholds are chosen.
     *
     * @param precision of the predictions that are not reviewed, per head
     * @param margin the lead over the second label below which a person decides as well, per head
     * @param mostReviewed the share of rows a head may send to review at most
     * @param minKnownWords the share of known words below which a text counts as foreign, at most; less where more than 1 in
     *     200 rows would fall below it
     */
    public record ReviewGoal(
            Map<String, Double> precision, Map<String, Float> margin, double mostReviewed, float minKnownWords) {
        public ReviewGoal {
            precision = new HashMap<>(precision);
            margin = new HashMap<>(margin);
        }
    }

    /**
     * Heads ready for use.
     *
     * @param curves head, or head.label → the curve its threshold was chosen from
     */
    public record Calibrated(List<Head> heads, ReviewPolicy policy, Map<String, Thresholds.Choice> curves) {
        public Calibrated {
            heads = List.copyOf(heads);
            curves = new LinkedHashMap<>(curves);
        }

        /** The model of these heads and a network; its name is the artifact's checksum. */
        public TicketModel model(EmbeddingBagNetwork network) {
            return new TicketModel("", "", 2, heads, policy, network);
        }
    }

    private static final double FOREIGN_SHARE = 0.005;
    private static final double DEFAULT_PRECISION = 0.95;

    /** Chooses temperatures, then thresholds, on rows the weights were not learnt from. */
    public Calibrated calibrate(EmbeddingBagNetwork network, List<TrainingRow> validation) {
        List<Head> atTemperature = new ArrayList<>();
        List<Float> temperatures = temperatures(network, validation);
        for (HeadLayout.Place place : layout.places()) {
            atTemperature.add(Head.of(place.head(), temperatures.get(atTemperature.size()), Map.of(), 0, 0));
        }
        TicketModel model = new Calibrated(atTemperature, new ReviewPolicy(0), Map.of()).model(network);
        Scores scores = scores(model, validation);
        List<Head> heads = new ArrayList<>();
        Map<String, Thresholds.Choice> curves = new LinkedHashMap<>();
        for (HeadLayout.Place place : layout.places()) {
            heads.add(withThresholds(place.head(), temperatures.get(heads.size()), scores, curves));
        }
        return new Calibrated(heads, new ReviewPolicy(minKnownWords(scores.knownShares())), curves);
    }

    /** The heads of a parent with temperatures for other weights; a head without rows keeps its own. */
    public List<Head> recalibrate(List<Head> parent, EmbeddingBagNetwork network, List<TrainingRow> validation) {
        List<Float> temperatures = temperatures(network, validation);
        List<Head> heads = new ArrayList<>();
        for (int h = 0; h < parent.size(); h++) {
            HeadLayout.Place place = layout.places().get(h);
            boolean labelled = validation.stream().anyMatch(row -> place.label(row) >= 0);
            heads.add(labelled ? parent.get(h).withTemperature(temperatures.get(h)) : parent.get(h));
        }
        return heads;
    }

    private List<Float> temperatures(EmbeddingBagNetwork network, List<TrainingRow> validation) {
        ForwardPass pass = network.newForwardPass();
        List<List<TemperatureScaling.Case>> cases = new ArrayList<>();
        layout.places().forEach(place -> cases.add(new ArrayList<>()));
        for (TrainingRow row : validation) {
            pass.run(row.text(), row.metadata());
            for (int h = 0; h < cases.size(); h++) {
                HeadLayout.Place place = layout.places().get(h);
                int truth = place.label(row);
                if (truth >= 0) {
                    int first = place.firstLogit();
                    float[] logits = Arrays.copyOfRange(pass.logits(), first, first + place.logits());
                    cases.get(h).add(new TemperatureScaling.Case(logits, truth, row.weight()));
                }
            }
        }
        return cases.stream().map(TemperatureScaling::temperature).toList();
    }

    /**
     * What a model predicts for validation rows.
     *
     * @param byCurve head → its predictions; head.label → the scores of a label that has a decision threshold
     * @param knownShares the share of known words of each row
     */
    private record Scores(Map<String, List<Thresholds.Scored>> byCurve, List<Float> knownShares) {
        void add(String curve, float score, boolean correct, TrainingRow row) {
            byCurve.computeIfAbsent(curve, c -> new ArrayList<>())
                    .add(new Thresholds.Scored(score, correct, row.weight()));
        }

        List<Thresholds.Scored> of(String curve) {
            return byCurve.getOrDefault(curve, List.of());
        }
    }

    private Scores scores(TicketModel model, List<TrainingRow> validation) {
        Predictor predictor = model.newPredictor();
        Scores scores = new Scores(new HashMap<>(), new ArrayList<>());
        for (TrainingRow row : validation) {
            Prediction prediction = predictor.predict(row.text(), row.metadata());
            scores.knownShares().add(prediction.knownShare());
            for (HeadLayout.Place place : layout.places()) {
                int truth = place.label(row);
                if (truth < 0) {
                    continue;
                }
                HeadPrediction head = prediction.head(place.name());
                scores.add(place.name(), head.confidence(), head.labelIndex() == truth, row);
                for (String label : place.head().precision().keySet()) {
                    int k = place.head().labels().indexOf(label);
                    scores.add(place.name() + "." + label, head.scores()[k], truth == k, row);
                }
            }
        }
        return scores;
    }

    private Head withThresholds(
            Taxonomy.HeadSpec spec, float temperature, Scores scores, Map<String, Thresholds.Choice> curves) {
        Map<String, Float> decisions = new HashMap<>();
        spec.precision().forEach((label, precision) -> {
            String curve = spec.name() + "." + label;
            Thresholds.Choice choice = Thresholds.decision(scores.of(curve), precision);
            curves.put(curve, choice);
            decisions.put(label, choice.threshold());
        });
        if (!spec.review()) {
            return Head.of(spec, temperature, decisions, 0, 0);
        }
        float review = 0;
        List<Thresholds.Scored> predictions = scores.of(spec.name());
        if (!predictions.isEmpty()) {
            double precision = goal.precision().getOrDefault(spec.name(), DEFAULT_PRECISION);
            Thresholds.Choice choice = Thresholds.review(predictions, precision, goal.mostReviewed());
            curves.put(spec.name(), choice);
            review = choice.threshold();
        }
        return Head.of(spec, temperature, decisions, review, goal.margin().getOrDefault(spec.name(), 0f));
    }

    private float minKnownWords(List<Float> knownShares) {
        knownShares.sort(Float::compare);
        float quantile = knownShares.isEmpty() ? 0 : knownShares.get((int) (FOREIGN_SHARE * knownShares.size()));
        return (float) (Math.floor(Math.min(goal.minKnownWords(), quantile) * 100.0) / 100);
    }
}
