package io.tickettriage.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.evaluation.Decimals;
import io.tickettriage.training.fit.Calibrator.ReviewGoal;
import io.tickettriage.training.fit.EpochReport;
import io.tickettriage.training.fit.Hyperparameters;
import io.tickettriage.training.fit.Split;
import io.tickettriage.training.fit.VocabularyBuilder.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model was made from.
 *
 * @param rowsBySource source → training and validation rows
 * @param epochs those of ensemble members one after another
 * @param critical head → labels whose recall a successor must keep
 * @param parent the version of the model whose training was continued; empty for none, without a continuation
 */
record Provenance(
        long seed,
        Map<String, TrainingData.Source> data,
        int trainingRows,
        int validationRows,
        SortedMap<String, Integer> rowsBySource,
        Settings settings,
        List<Epoch> epochs,
        String selectedBy,
        Map<String, List<String>> critical,
        String parent,
        @JsonUnwrapped @Nullable Continuation continuation) {
    /** The settings that decide what is learnt. */
    record Settings(Limits vocabulary, Hyperparameters fit, ReviewGoal review, double validationShare, boolean refit) {}

    /** One epoch; {@code selection} is the figure that chose it. */
    record Epoch(double loss, double selection, boolean best) {
        static Epoch of(EpochReport report) {
            return new Epoch(Decimals.six(report.loss()), Decimals.six(report.selection()), report.best());
        }
    }

    /** A continued training: corrections learnt, corrections held back for the gate, and its verdict. */
    record Continuation(int corrections, int correctionsHeldBack, GateVerdict gate) {}

    static Provenance of(
            Taxonomy taxonomy,
            TrainingPlan plan,
            TrainingData data,
            Split split,
            List<EpochReport> epochs,
            String parent,
            @Nullable Continuation continuation) {
        SortedMap<String, Integer> bySource = new TreeMap<>();
        split.training().forEach(row -> bySource.merge(row.source(), 1, Integer::sum));
        split.validation().forEach(row -> bySource.merge(row.source(), 1, Integer::sum));
        Map<String, List<String>> critical = new LinkedHashMap<>();
        taxonomy.heads().forEach(head -> critical.put(head.name(), head.critical()));
        critical.values().removeIf(List::isEmpty);
        return new Provenance(
                plan.seed(),
                data.sources(),
                split.training().size(),
                split.validation().size(),
                bySource,
                new Settings(plan.vocabulary(), plan.fit(), plan.review(), plan.validationShare(), plan.refit()),
                epochs.stream().map(Epoch::of).toList(),
                "mean macro-F1 of the heads on the validation rows",
                critical,
                parent,
                continuation);
    }
}
