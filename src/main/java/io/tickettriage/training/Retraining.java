package io.tickettriage.training;

import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.data.WeakLabeler;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.LabelledRow;
import io.tickettriage.training.fit.Calibrator;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.fit.HeadLayout;
import io.tickettriage.training.fit.Hyperparameters;
import io.tickettriage.training.fit.Split;
import io.tickettriage.training.fit.Trainer;
import io.tickettriage.training.fit.WarmStart;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One retraining, from a parent and corrections to a candidate and the gate's verdict on it: split, continue training,
 * recalibrate, compare, write.
 *
 * <p>Thresholds stay the parent's. One half of the holdout rows sets the temperatures, on the other both models are
 * compared; so are some of the corrections, held back by ticket.
 */
public record Retraining(Taxonomy taxonomy, TrainingPlan plan, TextAugmenter augmenter) {
    private static final int TICKETS_TO_HOLD_BACK_FROM = 5;

    /**
     * A finished retraining.
     *
     * @param written the candidate, with the verdict in its provenance
     * @param heldBack how many corrections were held back
     */
    public record Result(WrittenArtifact written, GateVerdict verdict, int heldBack) {}

    /**
     * Retrains.
     *
     * @param data the parent's own sources, for rehearsal
     * @throws BadDataException if the parent's training cannot be continued
     */
    public Result run(
            TicketModel parent,
            TrainingData data,
            List<TrainingRow> corrections,
            BuildInfo build,
            TrainingProgress progress)
            throws BadDataException {
        WarmStart warmStart = WarmStart.from(parent, taxonomy);
        HeadLayout layout = HeadLayout.of(taxonomy);
        WeakLabeler labeler = new WeakLabeler(taxonomy);
        List<TrainingRow> known = data.rows().stream().map(labeler::label).toList();
        Split split = Split.of(known, plan.validationShare(), layout.finestHead(), plan.seed());
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
        rows.addAll(learnt);
        TrainingPlan.Retrain settings = plan.retrain();
        Hyperparameters fit = plan.fit().forWarmStart(settings.steps(), settings.learningRate(), rows.size());
        Trainer trainer = new Trainer(layout, warmStart.tokenizer(), fit, augmenter, plan.seed());
        List<EpochReport> epochs = new ArrayList<>();
        WarmStart.Continued continued =
                warmStart.train(trainer, rows, learnt, settings.newTerms(), progress.recordingTo(epochs));
        EmbeddingBagNetwork network = continued.weights().quantize(warmStart.tokenizer(), continued.vocabulary());
        List<Head> heads =
                new Calibrator(layout, plan.review()).recalibrate(parent.heads(), network, holdout.validation());
        TicketModel candidate = new Calibrator.Calibrated(heads, parent.reviewPolicy(), Map.of()).model(network);

        progress.step("comparing on " + comparing.size() + " rows and " + heldBack.size() + " corrections");
        List<LabelledRow> holdoutRows = LabelledRow.of(comparing);
        GateVerdict verdict =
                new PromotionGate(taxonomy).compare(parent, candidate, holdoutRows, LabelledRow.of(heldBack));
        Evaluation evaluation = Evaluation.of(candidate, holdoutRows);
        QuantizationReport quantization = QuantizationReport.of(continued.weights(), candidate, comparing);
        var continuation = new Provenance.Continuation(learnt.size(), heldBack.size(), verdict);
        Split used = new Split(rows, comparing);
        ModelCard card = new ModelCard(
                ModelCard.Figures.of(evaluation, Map.of(), quantization),
                DriftReference.of(evaluation),
                Provenance.of(taxonomy, plan, data, used, epochs, parent.version(), continuation),
                build);
        return new Result(WrittenArtifact.of(candidate, card, plan.golden()), verdict, heldBack.size());
    }

    private boolean isHeldBack(TrainingRow correction) {
        return Split.bucket(correction.groupKey(), 100) < 100 * plan.retrain().heldBackShare();
    }
}
