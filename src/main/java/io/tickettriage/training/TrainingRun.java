package io.tickettriage.training;

import io.tickettriage.model.EmbeddingBagNetwork;
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
import io.tickettriage.training.fit.Split;
import io.tickettriage.training.fit.Thresholds;
import io.tickettriage.training.fit.Trainer;
import io.tickettriage.training.synthesis.TextAugmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One training, from rows to an artifact: split, choose features, train, quantize, calibrate, validate, refit, write. */
public record TrainingRun(Taxonomy taxonomy, TrainingPlan plan, TextAugmenter augmenter) {
    /**
     * A finished training.
     *
     * @param validation of the network that was trained on {@code split.training()} alone
     * @param epochs those that chose it
     * @param quantization float weights against int8
     * @param curves head, or head.label → the curve its threshold was chosen from
     */
    public record Result(
            WrittenArtifact written,
            Split split,
            Evaluation validation,
            List<EpochReport> epochs,
            QuantizationReport quantization,
            Map<String, Thresholds.Choice> curves) {}

    /**
     * Trains.
     *
     * @param data rows from all sources; unknown heads get weak labels here
     * @throws BadDataException if a label of the taxonomy has too few rows
     */
    public Result run(TrainingData data, BuildInfo build, TrainingProgress progress) throws BadDataException {
        HeadLayout layout = HeadLayout.of(taxonomy);
        WeakLabeler labeler = new WeakLabeler(taxonomy);
        List<TrainingRow> rows = data.rows().stream().map(labeler::label).toList();
        LabelCounts.of(rows).requireAll(taxonomy);
        Split split = Split.of(rows, plan.validationShare(), layout.finestHead(), plan.seed());
        List<TrainingRow> validating = split.validation();

        progress.step("choosing features from " + split.training().size() + " texts");
        TokenizerConfig tokenizer = plan.text().rules(taxonomy.metadata());
        Trainer trainer = new Trainer(layout, tokenizer, plan.fit(), augmenter, plan.seed());
        Vocabulary vocabulary = trainer.vocabulary(split.training(), plan.vocabulary());

        int dimensions = plan.fit().size().dimensions();
        progress.step("training " + vocabulary.size() + " features × " + dimensions + " dimensions");
        List<EpochReport> epochs = new ArrayList<>();
        FloatNetwork weights = trainer.train(vocabulary, split.training(), validating, progress.recordingTo(epochs));

        progress.step("quantizing, calibrating, choosing thresholds on " + validating.size() + " texts");
        EmbeddingBagNetwork network = weights.quantize(tokenizer, vocabulary);
        Calibrator.Calibrated calibrated = new Calibrator(layout, plan.review()).calibrate(network, validating);
        TicketModel model = calibrated.model(network);
        Evaluation validation = Evaluation.of(model, LabelledRow.of(validating));
        QuantizationReport quantization = QuantizationReport.of(weights, model, validating);

        TicketModel shipped = model;
        if (plan.refit()) {
            progress.step("training once more, on " + split.refit().size() + " texts");
            Vocabulary whole = trainer.vocabulary(split.refit(), plan.vocabulary());
            FloatNetwork refitted = trainer.train(whole, split.refit(), List.of(), progress::epoch);
            shipped = calibrated.model(refitted.quantize(tokenizer, whole));
        }
        ModelCard card = new ModelCard(
                ModelCard.Figures.of(validation, calibrated.curves(), quantization),
                DriftReference.of(validation),
                Provenance.of(taxonomy, plan, data, split, epochs, "", null),
                build);
        WrittenArtifact written = WrittenArtifact.of(shipped, card, plan.golden());
        return new Result(written, split, validation, epochs, quantization, calibrated.curves());
    }
}
