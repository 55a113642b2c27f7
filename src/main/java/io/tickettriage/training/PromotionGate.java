package io.tickettriage.training;

import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.GateVerdict.Check;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.evaluation.LabelledRow;
import io.tickettriage.training.evaluation.PairedBootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a candidate may replace the active model: on holdout rows no head is worse beyond noise, no critical label
 * loses recall, confidences stay calibrated within noise; and held-back corrections do not get worse.
 */
public record PromotionGate(Taxonomy taxonomy) {
    private static final double RECALL_LOSS = 0.03;
    private static final double CALIBRATION_LOSS = 0.01;
    private static final double ROUNDING = 1e-9;
    private static final int FEW_ROWS = 10;
    private static final long SEED = 1;

    /**
     * Compares two models.
     *
     * @param holdout rows that neither learnt from
     * @param corrections corrected tickets the candidate did not learn from
     */
    public GateVerdict compare(
            TicketModel active, TicketModel candidate, List<LabelledRow> holdout, List<LabelledRow> corrections) {
        Evaluation before = Evaluation.of(active, holdout);
        Evaluation after = Evaluation.of(candidate, holdout);
        List<Check> checks = new ArrayList<>();
        for (HeadScores head : before.heads()) {
            String name = head.head().name();
            PairedBootstrap lead = PairedBootstrap.ofAccuracy(before, after, name, SEED);
            checks.add(check(name + " accuracy", lead, lead.high() >= 0, "0"));
            PairedBootstrap error = PairedBootstrap.ofCalibration(before, after, name, SEED);
            boolean calibrated = error.low() <= CALIBRATION_LOSS;
            checks.add(check(name + " calibration error", error, calibrated, String.valueOf(CALIBRATION_LOSS)));
            addCriticalRecall(name, head.matrix(), after.head(name).matrix(), checks);
        }
        Evaluation corrected = Evaluation.of(candidate, corrections);
        for (HeadScores head : Evaluation.of(active, corrections).heads()) {
            String name = head.head().name();
            double was = head.matrix().accuracy();
            double is = corrected.head(name).matrix().accuracy();
            int rows = head.matrix().total();
            checks.add(
                    new Check("corrected tickets: " + name, rows, was, is, is >= was, "held back, must not get worse"));
        }
        return new GateVerdict(checks);
    }

    private static Check check(String what, PairedBootstrap figures, boolean passed, String limit) {
        String reason = String.format(
                Locale.ROOT, "95 %% interval %+.4f to %+.4f must reach %s", figures.low(), figures.high(), limit);
        return new Check(what, figures.rows(), figures.first(), figures.second(), passed, reason);
    }

    private void addCriticalRecall(String head, ConfusionMatrix before, ConfusionMatrix after, List<Check> checks) {
        for (String label : taxonomy.head(head).map(Taxonomy.HeadSpec::critical).orElse(List.of())) {
            int k = before.labels().indexOf(label);
            if (k >= 0 && before.support(k) >= FEW_ROWS) {
                // Of a few rows a single one weighs more than the limit.
                double mayFall = Math.max(RECALL_LOSS, 1.0 / before.support(k));
                double was = before.recall(k);
                double is = after.recall(k);
                boolean passed = is >= was - mayFall - ROUNDING;
                String reason = "may fall by " + RECALL_LOSS + ", one row at least";
                checks.add(new Check(head + " recall of " + label, before.support(k), was, is, passed, reason));
            }
        }
    }
}
