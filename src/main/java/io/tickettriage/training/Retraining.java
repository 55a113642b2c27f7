package io.tickettriage.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.Prediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.Vocabulary;
import io.tickettriage.training.data.BadDataException;
import io.tickettriage.training.data.Heuristics;
import io.tickettriage.training.data.TrainingRow;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.EvaluationRow;
import io.tickettriage.training.fit.Augmentation;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.fit.Fitter;
import io.tickettriage.training.fit.FloatNetwork;
import io.tickettriage.training.fit.HeadLayout;
import io.tickettriage.training.fit.HeadTuner;
import io.tickettriage.training.fit.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A warm start: goes on from a parent's weights with corrections, and lets the gate compare.
 *
 * <p>The parent's features keep their rows' weights, features the corrections bring are appended. Thresholds stay the
 * parent's. Of the rows nothing was ever learnt from, one half sets the temperatures and the other judges both models;
 * corrections are parted by ticket, some of them judge too.
 */
public final class Retraining {
    private static final long PARAMETER_BYTES = 2L << 20;
    private static final int TICKETS_TO_HOLD_BACK_FROM = 5;

    private final Taxonomy taxonomy;
    private final TrainingPlan plan;
    private final Augmentation augmentation;

    /** A retraining by this plan. */
    public Retraining(Taxonomy taxonomy, TrainingPlan plan, Augmentation augmentation) {
        this.taxonomy = taxonomy;
        this.plan = plan;
        this.augmentation = augmentation;
    }

    /**
     * What came of it.
     *
     * @param file the bytes of the artifact, with the verdict in its provenance
     * @param heldBack how many corrections judged
     */
    public record Result(byte[] file, ModelArtifact artifact, PromotionGate.Verdict verdict, int heldBack) {}

    /**
     * Retrains.
     *
     * @param rows the parent's own sources, to remember by
     * @param corrections what people corrected
     * @throws BadDataException if the parent cannot be gone on with
     */
    public Result run(
            ModelArtifact parent,
            List<TrainingRow> rows,
            List<TrainingRow> corrections,
            ObjectNode data,
            ObjectNode build,
            TrainingRun.Progress progress)
            throws BadDataException {
        EmbeddingBagNetwork old = network(parent);
        Heuristics heuristics = new Heuristics(taxonomy);
        String strata = TrainingRun.stratifyingHead(taxonomy).name();
        Split split =
                Split.of(rows.stream().map(heuristics::fill).toList(), plan.validationShare(), strata, plan.seed());
        List<TrainingRow> calibrating = new ArrayList<>();
        List<TrainingRow> judging = new ArrayList<>();
        for (TrainingRow row : split.neverLearnt()) {
            (Split.bucket("calibrate/" + row.groupKey(), 2) == 0 ? calibrating : judging).add(row);
        }
        List<TrainingRow> learning = asAnswered(parent.model(), split.refit());
        List<EvaluationRow> heldBack = new ArrayList<>();
        List<TrainingRow> corrected = new ArrayList<>();
        for (TrainingRow correction : corrections) {
            if (corrections.size() >= TICKETS_TO_HOLD_BACK_FROM
                    && Split.bucket(correction.groupKey(), 100)
                            < 100 * plan.retrain().heldBackShare()) {
                heldBack.addAll(TrainingRun.evaluationRows(List.of(correction)));
            } else {
                corrected.add(correction); // Heads nobody named stay unknown: a guess must not be boosted.
            }
        }
        learning.addAll(corrected);
        progress.step("going on from " + parent.model().version() + " with " + corrected.size() + " corrections, "
                + heldBack.size() + " held back, and " + split.refit().size() + " rows to remember by");

        HeadLayout layout = new HeadLayout(taxonomy);
        Fitter fitter = new Fitter(
                layout, old.config(), plan.retrain().settings(plan.fit(), learning.size()), augmentation, plan.seed());
        Vocabulary vocabulary = fitter.extend(old.vocabulary(), corrected, room(old));
        FloatNetwork start = FloatNetwork.of(old).onto(old.vocabulary(), vocabulary);
        List<EpochReport> epochs = new ArrayList<>();
        FloatNetwork weights = fitter.goOn(start, vocabulary, learning, report -> {
            epochs.add(report);
            progress.epoch(report);
        });
        EmbeddingBagNetwork network = weights.quantize(old.config(), vocabulary);
        List<Head> heads = new HeadTuner(layout, plan.review(), TrainingRow::weight)
                .recalibrate(parent.model().heads(), network, calibrating);
        TicketModel candidate = new TicketModel(
                "", "", ArtifactReader.FORMAT_VERSION, heads, parent.model().reviewPolicy(), network);

        progress.step("comparing on " + judging.size() + " rows and " + heldBack.size() + " corrections");
        List<EvaluationRow> judges = TrainingRun.evaluationRows(judging);
        PromotionGate.Verdict verdict = new PromotionGate(taxonomy).judge(parent.model(), candidate, judges, heldBack);
        ArtifactNotes notes = new ArtifactNotes(taxonomy, plan);
        Evaluation evaluation = Evaluation.of(candidate, judges);
        ObjectNode provenance = notes.provenance(new Split(learning, judging), data, epochs);
        provenance.put("parent", parent.model().version());
        provenance.put("corrections", corrected.size());
        provenance.put("corrections_held_back", heldBack.size());
        provenance.set("gate", verdict.toJson());
        byte[] file = ArtifactWriter.write(new ModelArtifact(
                candidate,
                new ModelArtifact.Notes(
                        notes.metrics(
                                evaluation,
                                new HeadTuner.Tuned(candidate.heads(), candidate.reviewPolicy(), Map.of()),
                                RoundingReport.of(weights, candidate, judging)),
                        notes.reference(evaluation),
                        provenance,
                        build),
                notes.golden(candidate)));
        return new Result(file, TrainingRun.readBack(file), verdict, heldBack.size());
    }

    /**
     * The rows with the parent's own answers as labels: learnt along with the corrections they hold the candidate where the
     * parent was, whatever the parent was made from (learning without forgetting, Li and Hoiem 2016, with
     * hard labels).
     */
    private static List<TrainingRow> asAnswered(TicketModel parent, List<TrainingRow> rows) {
        Predictor predictor = parent.newPredictor();
        List<TrainingRow> answered = new ArrayList<>(rows.size());
        for (TrainingRow row : rows) {
            LabelledExample e = row.example();
            Map<String, String> labels = new HashMap<>(e.labels());
            Prediction answers = predictor.predict(e.text(), e.metadata());
            labels.replaceAll((head, label) -> answers.head(head).label());
            LabelledExample example =
                    new LabelledExample(e.id(), e.text(), labels, Map.of(), Map.of(), e.metadata(), parent.version());
            answered.add(
                    new TrainingRow(example, row.filled(), row.source(), row.licence(), row.weight(), row.group()));
        }
        return answered;
    }

    private EmbeddingBagNetwork network(ModelArtifact parent) throws BadDataException {
        if (!(parent.model().network() instanceof EmbeddingBagNetwork network)) {
            throw new BadDataException("model " + parent.model().version() + " is of version "
                    + parent.model().formatVersion() + "; only version 2 can be gone on with");
        }
        Map<String, List<String>> labels = new HashMap<>();
        for (Head head : parent.model().heads()) {
            labels.put(head.name(), head.labels());
        }
        List<String> heads = parent.model().heads().stream().map(Head::name).toList();
        List<String> wanted =
                taxonomy.heads().stream().map(Taxonomy.HeadSpec::name).toList();
        boolean same = heads.equals(wanted)
                && taxonomy.heads().stream().allMatch(h -> h.labels().equals(labels.get(h.name())));
        if (!same) {
            throw new BadDataException("the taxonomy has other heads or labels than model "
                    + parent.model().version() + "; train without --from to learn them");
        }
        return network;
    }

    /** How many features can be added before the parameters outgrow an artifact. */
    private int room(EmbeddingBagNetwork network) {
        long left = PARAMETER_BYTES - network.size().bytes();
        return (int) Math.max(
                0, Math.min(plan.retrain().newTerms(), left / network.bag().dimensions()));
    }

    /** The bytes of an artifact, or an error that names what is wrong with it; for callers that have only a file. */
    public static ModelArtifact parent(byte[] file, String name) throws BadDataException {
        try {
            return ArtifactReader.read(file);
        } catch (InvalidArtifactException e) {
            throw new BadDataException(name + ": " + e.getMessage());
        }
    }
}
