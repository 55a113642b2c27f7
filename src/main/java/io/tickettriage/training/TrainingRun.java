package io.tickettriage.training;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.LabelCounts;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.data.WeakLabeler;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.LabelledRow;
import io.tickettriage.training.fit.Calibrator;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.fit.FloatNetwork;
import io.tickettriage.training.fit.HeadLayout;
import io.tickettriage.training.fit.Hyperparameters;
import io.tickettriage.training.fit.Split;
import io.tickettriage.training.fit.Thresholds;
import io.tickettriage.training.fit.Trainer;
import io.tickettriage.training.fit.WarmStart;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One training, from rows to an artifact: split, choose features, train, quantize, calibrate, validate, refit, write; or one
 * retraining, from a parent and corrections to a candidate and the gate's verdict on it.
 */
public record TrainingRun(
        Taxonomy taxonomy, TrainingPlan plan, TextAugmenter augmenter, BuildInfo build, TrainingProgress progress) {
    /** Of fewer, one or two held back would say nothing, and be missed. */
    private static final int TICKETS_TO_HOLD_BACK_FROM = 10;

    /**
     * A finished training.
     *
     * @param validation of the network that was trained on {@code split.training()} alone; {@code epochs} chose it
     * @param curves head, or head.label → the curve its threshold was chosen from
     */
    public record Result(
            WrittenArtifact written,
            Split split,
            Evaluation validation,
            List<EpochReport> epochs,
            QuantizationReport quantization,
            Map<String, Thresholds.Choice> curves) {}

    /** A finished retraining: the candidate, the verdict that is in its provenance, how many corrections were held back. */
    public record Retrained(WrittenArtifact written, GateVerdict verdict, int heldBack) {}

    /**
     * Trains.
     *
     * @param data rows from all sources; unknown heads get weak labels here
     * @throws BadDataException if a label of the taxonomy has too few rows
     */
    public Result train(TrainingData data) throws BadDataException {
        HeadLayout layout = HeadLayout.of(taxonomy);
        List<TrainingRow> rows = labelled(data);
        LabelCounts.of(rows).requireAll(taxonomy);
        Split split = split(rows, layout);
        List<TrainingRow> validating = split.validation();

        progress.step("choosing features from " + split.training().size() + " texts");
        TokenizerConfig tokenizer = plan.text().rules(taxonomy.metadata());
        Trainer trainer = new Trainer(layout, tokenizer, plan.fit(), augmenter, plan.seed());
        Vocabulary vocabulary = trainer.vocabulary(split.training(), plan.vocabulary());

        int dimensions = plan.fit().size().dimensions();
        progress.step("training " + vocabulary.size() + " features × " + dimensions + " dimensions");
        List<EpochReport> epochs = new ArrayList<>();
        FloatNetwork weights = trainer.train(vocabulary, split, progress.recordingTo(epochs));

        progress.step("quantizing, calibrating, choosing thresholds on " + validating.size() + " texts");
        EmbeddingBagNetwork network = weights.quantize(tokenizer);
        Calibrator.Calibrated calibrated = new Calibrator(layout, plan.review()).calibrate(network, validating);
        TicketModel model = calibrated.model(network);
        Evaluation validation = Evaluation.of(model, LabelledRow.of(validating));
        QuantizationReport quantization = QuantizationReport.of(weights, model, validating);

        TicketModel shipped = model;
        if (plan.refit()) {
            progress.step("training once more, on " + split.refit().size() + " texts");
            Split all = new Split(split.refit(), List.of());
            Vocabulary whole = trainer.vocabulary(all.training(), plan.vocabulary());
            FloatNetwork refitted = trainer.train(whole, all, progress::epoch);
            shipped = calibrated.model(refitted.quantize(tokenizer));
        }
        ModelCard card = new ModelCard(
                ModelCard.Figures.of(validation, calibrated.curves(), quantization),
                DriftReference.of(validation),
                Provenance.of(taxonomy, plan, data, split, epochs, "", null),
                build);
        WrittenArtifact written = WrittenArtifact.of(shipped, card, plan.golden());
        return new Result(written, split, validation, epochs, quantization, calibrated.curves());
    }

    /**
     * Retrains: continues a parent's training with corrections, recalibrates, and lets the gate decide.
     *
     * <p>Thresholds stay the parent's. One half of the holdout rows sets the temperatures, on the other both models are
     * compared; so are some of the corrections, held back by ticket.
     *
     * @param data the parent's own sources, for rehearsal
     * @throws BadDataException if the parent's training cannot be continued
     */
    public Retrained retrain(TicketModel parent, TrainingData data, List<TrainingRow> corrections)
            throws BadDataException {
        WarmStart warmStart = WarmStart.from(parent, taxonomy);
        TokenizerConfig tokenizer = warmStart.network().config();
        HeadLayout layout = HeadLayout.of(taxonomy);
        Split split = split(labelled(data), layout);
        Split holdout = Split.by(split.holdout(), row -> Split.bucket("calibrate/" + row.groupKey(), 2) == 0);
        List<TrainingRow> comparing = holdout.training();
        boolean enough = corrections.size() >= TICKETS_TO_HOLD_BACK_FROM;
        Split corrected = Split.by(corrections, row -> enough && isHeldBack(row));
        List<TrainingRow> heldBack = corrected.validation();
        // Heads nobody corrected stay unknown: a weak label must not get a correction's weight.
        List<TrainingRow> learnt = corrected.training();

        List<TrainingRow> rows = new ArrayList<>(warmStart.rehearsal(split.refit()));
        progress.step("continuing from " + parent.version() + " with " + learnt.size() + " corrections, "
                + heldBack.size() + " held back, and " + rows.size() + " rehearsal rows");
        TrainingPlan.Retrain settings = plan.retrain();
        rows.addAll(repeated(learnt, settings.seenPerEpoch()));
        Hyperparameters fit = plan.fit().forWarmStart(settings.steps(), settings.learningRate(), rows.size());
        Trainer trainer = new Trainer(layout, tokenizer, fit, augmenter, plan.seed());
        List<EpochReport> epochs = new ArrayList<>();
        FloatNetwork weights =
                warmStart.train(trainer, rows, learnt, settings.newTerms(), progress.recordingTo(epochs));
        EmbeddingBagNetwork network = weights.quantize(tokenizer);
        List<Head> heads =
                new Calibrator(layout, plan.review()).recalibrate(parent.heads(), network, holdout.validation());
        TicketModel candidate = new Calibrator.Calibrated(heads, parent.reviewPolicy(), Map.of()).model(network);

        progress.step("comparing on " + comparing.size() + " rows and " + heldBack.size() + " corrections");
        List<LabelledRow> holdoutRows = LabelledRow.of(comparing);
        GateVerdict verdict =
                new PromotionGate(taxonomy).compare(parent, candidate, holdoutRows, LabelledRow.of(heldBack));
        Evaluation evaluation = Evaluation.of(candidate, holdoutRows);
        QuantizationReport quantization = QuantizationReport.of(weights, candidate, comparing);
        var continuation = new Provenance.Continuation(learnt.size(), heldBack.size(), verdict);
        Split used = new Split(rows, comparing);
        ModelCard card = new ModelCard(
                ModelCard.Figures.of(evaluation, Map.of(), quantization),
                DriftReference.of(evaluation),
                Provenance.of(taxonomy, plan, data, used, epochs, parent.version(), continuation),
                build);
        return new Retrained(WrittenArtifact.of(candidate, card, plan.golden()), verdict, heldBack.size());
    }

    /** A few corrections, each as often as it takes to see so many; the weight falls with the root of how often. */
    private static List<TrainingRow> repeated(List<TrainingRow> corrections, int seenPerEpoch) {
        int times = Math.max(1, seenPerEpoch / corrections.size());
        float factor = (float) (1 / Math.sqrt(times));
        return Stream.generate(corrections::stream)
                .limit(times)
                .flatMap(rows -> rows)
                .map(row -> row.withWeight(row.weight() * factor))
                .toList();
    }

    private boolean isHeldBack(TrainingRow correction) {
        return Split.bucket(correction.groupKey(), 100) < 100 * plan.retrain().heldBackShare();
    }

    private List<TrainingRow> labelled(TrainingData data) {
        WeakLabeler labeler = new WeakLabeler(taxonomy);
        return data.rows().stream().map(labeler::label).toList();
    }

    private Split split(List<TrainingRow> rows, HeadLayout layout) {
        return Split.of(rows, plan.validationShare(), layout.finestHead(), plan.seed());
    }
}
