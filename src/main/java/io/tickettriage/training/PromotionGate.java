package io.tickettriage.training;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.EvaluationRow;
import io.tickettriage.training.evaluation.HeadScores;
import io.tickettriage.training.evaluation.PairedBootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a candidate may follow the active model: on rows neither learnt from, no head is worse beyond noise, no
 * critical class loses recall, confidences stay as honest beyond noise; and corrected tickets that were held back do not get worse.
 */
public final class PromotionGate {
    private static final double RECALL_LOSS = 0.03;
    private static final double CALIBRATION_LOSS = 0.01;
    private static final double ROUNDING = 1e-9;
    private static final int FEW_ROWS = 10;
    private static final long SEED = 1;

    private final Taxonomy taxonomy;

    /** A gate for models of this taxonomy, which names the critical classes. */
    public PromotionGate(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
    }

    /**
     * One thing that was looked at.
     *
     * @param what such as {@code intent accuracy}
     * @param rows it was looked at on
     * @param active the active model's figure
     * @param candidate the candidate's figure
     * @param passed whether it speaks for promotion
     * @param reason what the rule is, with its numbers
     */
    public record Check(String what, int rows, double active, double candidate, boolean passed, String reason) {}

    /** The decision and all it rests on. */
    public record Verdict(List<Check> checks) {
        /** Copies the list. */
        public Verdict {
            checks = List.copyOf(checks);
        }

        /** Whether every check passed. */
        public boolean promoted() {
            return checks.stream().allMatch(Check::passed);
        }

        /** The verdict as it stands in the provenance of the candidate. */
        public ObjectNode toJson() {
            ObjectNode json = TrainingRun.object();
            json.put("verdict", promoted() ? "promoted" : "refused");
            ArrayNode list = json.putArray("checks");
            for (Check check : checks) {
                list.addObject()
                        .put("what", check.what())
                        .put("rows", check.rows())
                        .put("active", check.active())
                        .put("candidate", check.candidate())
                        .put("passed", check.passed())
                        .put("reason", check.reason());
            }
            return json;
        }

        /** The verdict as a table. */
        public String table() {
            StringBuilder table = new StringBuilder(
                    String.format(Locale.ROOT, "%-34s %6s %9s %9s  %s%n", "", "rows", "active", "candidate", ""));
            for (Check check : checks) {
                table.append(String.format(
                        Locale.ROOT,
                        "%-34s %6d %8.2f%% %8.2f%%  %s: %s%n",
                        check.what(),
                        check.rows(),
                        100 * check.active(),
                        100 * check.candidate(),
                        check.passed() ? "ok" : "REFUSED",
                        check.reason()));
            }
            return table.append(promoted() ? "promoted" : "refused").toString();
        }
    }

    /**
     * Compares two models.
     *
     * @param rows that neither learnt from
     * @param corrections corrected tickets the candidate did not learn from
     */
    public Verdict judge(
            TicketModel active, TicketModel candidate, List<EvaluationRow> rows, List<EvaluationRow> corrections) {
        Evaluation before = Evaluation.of(active, rows);
        Evaluation after = Evaluation.of(candidate, rows);
        List<Check> checks = new ArrayList<>();
        for (HeadScores head : before.heads()) {
            String name = head.head().name();
            PairedBootstrap lead = PairedBootstrap.of(before, after, name, SEED);
            checks.add(new Check(
                    name + " accuracy",
                    lead.rows(),
                    lead.first(),
                    lead.second(),
                    lead.high() >= 0,
                    String.format(Locale.ROOT, "95 %% interval %+.4f to %+.4f must reach 0", lead.low(), lead.high())));
            HeadScores later = after.head(name);
            PairedBootstrap error = PairedBootstrap.ofCalibration(before, after, name, SEED);
            checks.add(new Check(
                    name + " calibration error",
                    error.rows(),
                    error.first(),
                    error.second(),
                    error.low() <= CALIBRATION_LOSS,
                    String.format(
                            Locale.ROOT,
                            "95 %% interval %+.4f to %+.4f must reach %.2f",
                            error.low(),
                            error.high(),
                            CALIBRATION_LOSS)));
            critical(name, head.matrix(), later.matrix(), checks);
        }
        corrected(Evaluation.of(active, corrections), Evaluation.of(candidate, corrections), checks);
        return new Verdict(checks);
    }

    private void critical(String head, ConfusionMatrix before, ConfusionMatrix after, List<Check> checks) {
        for (String label : taxonomy.head(head).map(Taxonomy.HeadSpec::critical).orElse(List.of())) {
            int k = before.labels().indexOf(label);
            if (k >= 0 && before.support(k) >= FEW_ROWS) {
                double recallBefore = before.recall(k);
                double recallAfter = after.recall(k);
                // Of a few rows a single one weighs more than the limit.
                double mayFall = Math.max(RECALL_LOSS, 1.0 / before.support(k));
                checks.add(new Check(
                        head + " recall of " + label,
                        before.support(k),
                        recallBefore,
                        recallAfter,
                        recallAfter >= recallBefore - mayFall - ROUNDING,
                        String.format(Locale.ROOT, "may fall by %.2f, one row at least", RECALL_LOSS)));
            }
        }
    }

    private static void corrected(Evaluation before, Evaluation after, List<Check> checks) {
        for (HeadScores head : before.heads()) {
            String name = head.head().name();
            double accuracyBefore = head.matrix().accuracy();
            double accuracyAfter = after.head(name).matrix().accuracy();
            checks.add(new Check(
                    "corrected tickets: " + name,
                    head.matrix().total(),
                    accuracyBefore,
                    accuracyAfter,
                    accuracyAfter >= accuracyBefore,
                    "held back, must not get worse"));
        }
    }
}
