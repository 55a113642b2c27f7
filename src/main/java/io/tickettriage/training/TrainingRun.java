package io.tickettriage.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.text.TokenizerConfig;
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
import io.tickettriage.training.fit.Thresholds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One training, from rows to the bytes of an artifact: fill, split, choose features, learn, quantize, tune, judge, write. */
public final class TrainingRun {
    private static final int ROWS_PER_CLASS = 2;

    private final Taxonomy taxonomy;
    private final TrainingPlan plan;
    private final Augmentation augmentation;

    /** A training by this plan. */
    public TrainingRun(Taxonomy taxonomy, TrainingPlan plan, Augmentation augmentation) {
        this.taxonomy = taxonomy;
        this.plan = plan;
        this.augmentation = augmentation;
    }

    /** Is told how the training goes. */
    public interface Progress {
        /** A step of the run begins. */
        void step(String what);

        /** An epoch is over. */
        void epoch(EpochReport report);
    }

    /**
     * What came of it.
     *
     * @param file the bytes of the artifact
     * @param artifact the same, read back and validated
     * @param validation the network that learnt from {@code split.training()} alone, on the rows that judged
     * @param epochs what happened in each
     * @param rounding float weights against int8
     */
    public record Result(
            byte[] file,
            ModelArtifact artifact,
            Split split,
            Evaluation validation,
            List<EpochReport> epochs,
            RoundingReport rounding,
            Map<String, Thresholds.Choice> curves) {}

    /**
     * Trains.
     *
     * @param rows from all sources; unknown heads are filled here
     * @param data what to say about them in the provenance
     * @param build when and where the file is written
     * @throws BadDataException if the rows cannot teach the taxonomy
     */
    public Result run(List<TrainingRow> rows, ObjectNode data, ObjectNode build, Progress progress)
            throws BadDataException {
        HeadLayout layout = new HeadLayout(taxonomy);
        Heuristics heuristics = new Heuristics(taxonomy);
        List<TrainingRow> filled = rows.stream().map(heuristics::fill).toList();
        requireClasses(filled);
        String strata = stratifyingHead(taxonomy).name();
        Split split = Split.of(filled, plan.validationShare(), strata, plan.seed());

        progress.step("choosing features from " + split.training().size() + " texts");
        TokenizerConfig rules = plan.text().rules(taxonomy.metadata());
        Fitter fitter = new Fitter(layout, rules, plan.fit(), augmentation, plan.seed());
        Vocabulary vocabulary = fitter.vocabulary(split.training(), plan.vocabulary());

        progress.step(
                "learning " + vocabulary.size() + " features × " + plan.fit().dimensions() + " dimensions");
        List<EpochReport> epochs = new ArrayList<>();
        Consumer<EpochReport> eachEpoch = report -> {
            epochs.add(report);
            progress.epoch(report);
        };
        FloatNetwork weights = fitter.fit(vocabulary, split, eachEpoch);

        progress.step("rounding, calibrating, choosing thresholds on "
                + split.validation().size() + " texts");
        EmbeddingBagNetwork network = weights.quantize(rules, vocabulary);
        HeadTuner.Tuned tuned =
                new HeadTuner(layout, plan.review(), TrainingRow::weight).tune(network, split.validation());
        TicketModel model =
                new TicketModel("", "", ArtifactReader.FORMAT_VERSION, tuned.heads(), tuned.policy(), network);
        Evaluation validation = Evaluation.of(model, evaluationRows(split.validation()));
        RoundingReport rounding = RoundingReport.of(weights, model, split.validation());

        EmbeddingBagNetwork shipped = network;
        if (plan.refit()) {
            progress.step("learning once more, from " + split.refit().size() + " texts");
            Vocabulary whole = fitter.vocabulary(split.refit(), plan.vocabulary());
            shipped = fitter.fit(whole, new Split(split.refit(), List.of()), progress::epoch)
                    .quantize(rules, whole);
        }
        TicketModel shippedModel =
                new TicketModel("", "", ArtifactReader.FORMAT_VERSION, tuned.heads(), tuned.policy(), shipped);
        ArtifactNotes notes = new ArtifactNotes(taxonomy, plan);
        ModelArtifact.Notes written = new ModelArtifact.Notes(
                notes.metrics(validation, tuned, rounding),
                notes.reference(validation),
                notes.provenance(split, data, epochs),
                build);
        byte[] file = ArtifactWriter.write(new ModelArtifact(shippedModel, written, notes.golden(shippedModel)));
        return new Result(file, readBack(file), split, validation, epochs, rounding, tuned.curves());
    }

    static ModelArtifact readBack(byte[] file) {
        try {
            return ArtifactReader.read(file);
        } catch (InvalidArtifactException e) {
            throw new IllegalStateException("the artifact just written cannot be read: " + e.getMessage(), e);
        }
    }

    /** The head with the most labels: it parts the rows most finely. */
    static Taxonomy.HeadSpec stratifyingHead(Taxonomy taxonomy) {
        return taxonomy.heads().stream()
                .max(java.util.Comparator.comparingInt(h -> h.labels().size()))
                .orElseThrow();
    }

    private void requireClasses(List<TrainingRow> rows) throws BadDataException {
        List<String> problems = new ArrayList<>();
        for (Taxonomy.HeadSpec head : taxonomy.heads()) {
            Map<String, Integer> counts = new HashMap<>();
            for (TrainingRow row : rows) {
                String label = row.example().labels().get(head.name());
                if (label != null) {
                    counts.merge(label, 1, Integer::sum);
                }
            }
            for (String label : head.labels()) {
                int count = counts.getOrDefault(label, 0);
                if (count < ROWS_PER_CLASS) {
                    problems.add(head.name() + " " + label + " has " + (count == 0 ? "no row" : "one row"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BadDataException("each label of the taxonomy needs " + ROWS_PER_CLASS
                    + " rows or more, one to learn from and one to judge by: " + String.join("; ", problems)
                    + ". Add rows, or take the label out of the taxonomy");
        }
    }

    /** Rows that judge; only labels that no heuristic filled. */
    static List<EvaluationRow> evaluationRows(List<TrainingRow> rows) {
        return rows.stream()
                .map(row -> {
                    LabelledExample e = row.example();
                    Map<String, String> labels = new HashMap<>(e.labels());
                    labels.keySet().removeAll(row.filled());
                    LabelledExample given =
                            new LabelledExample(e.id(), e.text(), labels, Map.of(), Map.of(), e.metadata(), "");
                    return new EvaluationRow(given, true, row.source());
                })
                .toList();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
