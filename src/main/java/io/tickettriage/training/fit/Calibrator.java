package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy.HeadSpec;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.fit.Thresholds.Choice;
import io.tickettriage.training.fit.Thresholds.Scored;
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

    /** Heads ready for use; {@code curves}: head, or head.label → the curve its threshold was chosen from. */
    public record Calibrated(List<Head> heads, ReviewPolicy policy, Map<String, Choice> curves) {
        /** The model of these heads and a network; its name is the artifact's checksum. */
        public TicketModel model(EmbeddingBagNetwork network) {
            return new TicketModel("", "", 2, heads, policy, network);
        }
    }

    private static final double FOREIGN_SHARE = 0.005;
    private static final double DEFAULT_PRECISION = 0.95;

    /** Chooses temperatures, then thresholds, on rows the weights were not learnt from. */
    public Calibrated calibrate(EmbeddingBagNetwork network, List<TrainingRow> validation) {
        List<Float> temperatures = temperatures(network, validation);
        List<Head> atTemperature = new ArrayList<>();
        for (HeadLayout.Place place : layout.places()) {
            atTemperature.add(Head.of(place.head(), temperatures.get(atTemperature.size()), Map.of(), 0, 0));
        }
        TicketModel model = new Calibrated(atTemperature, new ReviewPolicy(0), Map.of()).model(network);
        List<Float> knownShares = new ArrayList<>();
        Map<String, List<Scored>> scores = scores(model, validation, knownShares);
        List<Head> heads = new ArrayList<>();
        Map<String, Choice> curves = new LinkedHashMap<>();
        for (HeadLayout.Place place : layout.places()) {
            heads.add(withThresholds(place.head(), temperatures.get(heads.size()), scores, curves));
        }
        return new Calibrated(heads, new ReviewPolicy(minKnownWords(knownShares)), curves);
    }

    /** The heads of a parent with temperatures for other weights; a head without rows keeps its own. */
    public List<Head> recalibrate(List<Head> parent, EmbeddingBagNetwork network, List<TrainingRow> validation) {
        List<Float> temperatures = temperatures(network, validation);
        List<Head> heads = new ArrayList<>(parent);
        for (int h = 0; h < heads.size(); h++) {
            HeadLayout.Place place = layout.places().get(h);
            if (validation.stream().anyMatch(row -> place.label(row) >= 0)) {
                heads.set(h, parent.get(h).withTemperature(temperatures.get(h)));
            }
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
                int truth = place.target(row);
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
     * What a model predicts for validation rows: head → its predictions; head.label → the scores of a label that has a
     * decision threshold. The share of known words of each row is added to {@code knownShares}.
     */
    private Map<String, List<Scored>> scores(TicketModel model, List<TrainingRow> validation, List<Float> knownShares) {
        Predictor predictor = model.newPredictor();
        Map<String, List<Scored>> scores = new HashMap<>();
        for (TrainingRow row : validation) {
            Prediction prediction = predictor.predict(row.text(), row.metadata());
            knownShares.add(prediction.knownShare());
            for (HeadLayout.Place place : layout.places()) {
                int truth = place.label(row);
                if (truth >= 0) {
                    HeadPrediction head = prediction.head(place.name());
                    scores.computeIfAbsent(place.name(), curve -> new ArrayList<>())
                            .add(new Scored(head.confidence(), head.labelIndex() == truth, row.weight()));
                    for (String label : place.head().precision().keySet()) {
                        int k = place.head().labels().indexOf(label);
                        scores.computeIfAbsent(place.name() + "." + label, curve -> new ArrayList<>())
                                .add(new Scored(head.scores()[k], truth == k, row.weight()));
                    }
                }
            }
        }
        return scores;
    }

    private Head withThresholds(
            HeadSpec spec, float temperature, Map<String, List<Scored>> scores, Map<String, Choice> curves) {
        String name = spec.name();
        Map<String, Float> decisions = new HashMap<>();
        spec.precision().forEach((label, precision) -> {
            String curve = name + "." + label;
            Choice choice = Thresholds.decision(scores.getOrDefault(curve, List.of()), precision);
            curves.put(curve, choice);
            decisions.put(label, choice.threshold());
        });
        if (!spec.review()) {
            return Head.of(spec, temperature, decisions, 0, 0);
        }
        float review = 0;
        List<Scored> predictions = scores.getOrDefault(name, List.of());
        if (!predictions.isEmpty()) {
            double precision = goal.precision().getOrDefault(name, DEFAULT_PRECISION);
            Choice choice = Thresholds.review(predictions, precision, goal.mostReviewed());
            curves.put(name, choice);
            review = choice.threshold();
        }
        return Head.of(spec, temperature, decisions, review, goal.margin().getOrDefault(name, 0f));
    }

    private float minKnownWords(List<Float> knownShares) {
        knownShares.sort(Float::compare);
        float quantile = knownShares.isEmpty() ? 0 : knownShares.get((int) (FOREIGN_SHARE * knownShares.size()));
        return (float) (Math.floor(Math.min(goal.minKnownWords(), quantile) * 100.0) / 100);
    }
}
