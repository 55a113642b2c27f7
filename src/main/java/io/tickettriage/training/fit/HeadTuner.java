package io.tickettriage.training.fit;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.ForwardPass;
import io.tickettriage.model.Head;
import io.tickettriage.model.HeadPrediction;
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
import java.util.function.ToDoubleFunction;

/** Temperatures and thresholds of a network, chosen with the quantized weights that will score. */
public final class HeadTuner {
    /**
     * How review thresholds are chosen.
     *
     * @param precision of the answers that are not reviewed, per head
     * @param margin the lead over the second label below which a person decides as well, per head
     * @param mostReviewed the share of rows a head may send to review at most
     * @param minKnownWords the share of known words below which a text counts as foreign, at most; less where more than 1 in
     *     200 rows would fall below it
     */
    public record ReviewGoal(
            Map<String, Double> precision, Map<String, Float> margin, double mostReviewed, float minKnownWords) {
        /** Copies the maps. */
        public ReviewGoal {
            precision = new HashMap<>(precision);
            margin = new HashMap<>(margin);
        }
    }

    /**
     * Heads ready for use.
     *
     * @param curves head → the curve its review threshold was chosen from
     */
    public record Tuned(List<Head> heads, ReviewPolicy policy, Map<String, Thresholds.Choice> curves) {
        /** Copies the collections. */
        public Tuned {
            heads = List.copyOf(heads);
            curves = new LinkedHashMap<>(curves);
        }
    }

    private static final double FOREIGN_SHARE = 0.005;

    private final HeadLayout layout;
    private final ReviewGoal goal;
    private final ToDoubleFunction<TrainingRow> weights;

    /**
     * A tuner.
     *
     * @param weights what a row counts
     */
    public HeadTuner(HeadLayout layout, ReviewGoal goal, ToDoubleFunction<TrainingRow> weights) {
        this.layout = layout;
        this.goal = goal;
        this.weights = weights;
    }

    /** Tunes on rows the weights were not learnt from. */
    public Tuned tune(EmbeddingBagNetwork network, List<TrainingRow> validation) {
        List<Head> calibrated = calibrate(network, validation);
        TicketModel model = new TicketModel("", "", 2, calibrated, new ReviewPolicy(0), network);
        Predictor predictor = model.newPredictor();
        Map<String, List<Thresholds.Answer>> answers = new HashMap<>();
        Map<String, List<Thresholds.Answer>> labelScores = new HashMap<>();
        List<Float> knownShares = new ArrayList<>();
        for (TrainingRow row : validation) {
            var prediction = predictor.predict(row.text(), row.example().metadata());
            knownShares.add(
                    prediction.words() == 0
                            ? 1
                            : (float) (prediction.words() - prediction.unknownWords()) / prediction.words());
            for (HeadLayout.Place place : layout.places()) {
                String name = place.head().name();
                int truth = Targets.label(place, row);
                if (truth < 0) {
                    continue;
                }
                HeadPrediction answer = prediction.head(name);
                answers.computeIfAbsent(name, h -> new ArrayList<>())
                        .add(new Thresholds.Answer(
                                answer.confidence(), answer.labelIndex() == truth, weights.applyAsDouble(row)));
                for (String label : place.head().precision().keySet()) {
                    int k = place.head().labels().indexOf(label);
                    labelScores
                            .computeIfAbsent(name + "." + label, h -> new ArrayList<>())
                            .add(new Thresholds.Answer(answer.scores()[k], truth == k, weights.applyAsDouble(row)));
                }
            }
        }
        return finish(calibrated, answers, labelScores, knownShares);
    }

    /** The heads of a parent with temperatures for other weights; a head without rows keeps its own. */
    public List<Head> recalibrate(List<Head> parent, EmbeddingBagNetwork network, List<TrainingRow> fresh) {
        List<Head> calibrated = calibrate(network, fresh);
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < parent.size(); i++) {
            Head head = parent.get(i);
            HeadLayout.Place place = layout.places().get(i);
            boolean judged = fresh.stream().anyMatch(row -> Targets.label(place, row) >= 0);
            heads.add(judged ? head.withTemperature(calibrated.get(i).temperature()) : head);
        }
        return heads;
    }

    private Tuned finish(
            List<Head> calibrated,
            Map<String, List<Thresholds.Answer>> answers,
            Map<String, List<Thresholds.Answer>> labelScores,
            List<Float> knownShares) {
        List<Head> heads = new ArrayList<>();
        Map<String, Thresholds.Choice> curves = new LinkedHashMap<>();
        for (HeadLayout.Place place : layout.places()) {
            Taxonomy.HeadSpec spec = place.head();
            Map<String, Float> decisions = new HashMap<>();
            spec.precision().forEach((label, precision) -> {
                Thresholds.Choice choice =
                        Thresholds.decision(labelScores.getOrDefault(spec.name() + "." + label, List.of()), precision);
                curves.put(spec.name() + "." + label, choice);
                decisions.put(label, choice.threshold());
            });
            float review = 0;
            if (spec.review() && answers.containsKey(spec.name())) {
                Thresholds.Choice choice = Thresholds.review(
                        answers.getOrDefault(spec.name(), List.of()),
                        goal.precision().getOrDefault(spec.name(), 0.95),
                        goal.mostReviewed());
                curves.put(spec.name(), choice);
                review = choice.threshold();
            }
            float temperature = calibrated.get(heads.size()).temperature();
            float margin = spec.review() ? goal.margin().getOrDefault(spec.name(), 0f) : 0;
            heads.add(Head.of(spec, temperature, decisions, review, margin));
        }
        knownShares.sort(Float::compare);
        float quantile = knownShares.isEmpty() ? 0 : knownShares.get((int) (FOREIGN_SHARE * knownShares.size()));
        float known = (float) (Math.floor(Math.min(goal.minKnownWords(), quantile) * 100.0) / 100);
        return new Tuned(heads, new ReviewPolicy(known), curves);
    }

    private List<Head> calibrate(EmbeddingBagNetwork network, List<TrainingRow> validation) {
        ForwardPass pass = network.newForwardPass();
        List<List<Calibration.Case>> cases = new ArrayList<>();
        layout.places().forEach(place -> cases.add(new ArrayList<>()));
        for (TrainingRow row : validation) {
            pass.run(row.text(), row.example().metadata());
            for (int h = 0; h < cases.size(); h++) {
                HeadLayout.Place place = layout.places().get(h);
                int truth = Targets.label(place, row);
                if (truth >= 0) {
                    float[] logits =
                            Arrays.copyOfRange(pass.logits(), place.firstLogit(), place.firstLogit() + place.logits());
                    cases.get(h).add(new Calibration.Case(logits, truth, weights.applyAsDouble(row)));
                }
            }
        }
        List<Head> heads = new ArrayList<>();
        for (int h = 0; h < cases.size(); h++) {
            heads.add(Head.of(layout.places().get(h).head(), Calibration.temperature(cases.get(h)), Map.of(), 0, 0));
        }
        return heads;
    }
}
