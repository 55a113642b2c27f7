package io.tickettriage.training;

import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
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
        List<GateVerdict.Check> checks = new ArrayList<>();
        for (HeadScores head : before.heads()) {
            String name = head.head().name();
            checks.add(accuracy(name, before, after));
            checks.add(calibration(name, before, after));
            checks.addAll(criticalRecall(name, head.matrix(), after.head(name).matrix()));
        }
        checks.addAll(corrected(Evaluation.of(active, corrections), Evaluation.of(candidate, corrections)));
        return new GateVerdict(checks);
    }

    private static GateVerdict.Check accuracy(String head, Evaluation before, Evaluation after) {
        PairedBootstrap lead = PairedBootstrap.ofAccuracy(before, after, head, SEED);
        return check(head + " accuracy", lead, lead.high() >= 0, "0");
    }

    private static GateVerdict.Check calibration(String head, Evaluation before, Evaluation after) {
        PairedBootstrap error = PairedBootstrap.ofCalibration(before, after, head, SEED);
        String limit = String.format(Locale.ROOT, "%.2f", CALIBRATION_LOSS);
        return check(head + " calibration error", error, error.low() <= CALIBRATION_LOSS, limit);
    }

    private static GateVerdict.Check check(String what, PairedBootstrap figures, boolean passed, String limit) {
        String reason = String.format(
                Locale.ROOT, "95 %% interval %+.4f to %+.4f must reach %s", figures.low(), figures.high(), limit);
        return new GateVerdict.Check(what, figures.rows(), figures.first(), figures.second(), passed, reason);
    }

    private List<GateVerdict.Check> criticalRecall(String head, ConfusionMatrix before, ConfusionMatrix after) {
        List<GateVerdict.Check> checks = new ArrayList<>();
        for (String label : taxonomy.head(head).map(Taxonomy.HeadSpec::critical).orElse(List.of())) {
            int k = before.labels().indexOf(label);
            if (k < 0 || before.support(k) < FEW_ROWS) {
                continue;
            }
            // Of a few rows a single one weighs more than the limit.
            double mayFall = Math.max(RECALL_LOSS, 1.0 / before.support(k));
            checks.add(new GateVerdict.Check(
                    head + " recall of " + label,
                    before.support(k),
                    before.recall(k),
                    after.recall(k),
                    after.recall(k) >= before.recall(k) - mayFall - ROUNDING,
                    String.format(Locale.ROOT, "may fall by %.2f, one row at least", RECALL_LOSS)));
        }
        return checks;
    }

    private static List<GateVerdict.Check> corrected(Evaluation before, Evaluation after) {
        List<GateVerdict.Check> checks = new ArrayList<>();
        for (HeadScores head : before.heads()) {
            String name = head.head().name();
            double active = head.matrix().accuracy();
            double candidate = after.head(name).matrix().accuracy();
            checks.add(new GateVerdict.Check(
                    "corrected tickets: " + name,
                    head.matrix().total(),
                    active,
                    candidate,
                    candidate >= active,
                    "held back, must not get worse"));
        }
        return checks;
    }
}
