package io.tickettriage.training.report;

import com.samskivert.mustache.Escapers;
import io.tickettriage.training.RoundingReport;
import io.tickettriage.training.evaluation.ConfusionMatrix;
import io.tickettriage.training.evaluation.Evaluation;
import io.tickettriage.training.evaluation.HeadScores;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tables of the report. Every text from outside is escaped. */
final class HtmlTable {
    private HtmlTable() {}

    /** A line for each part, accuracy and macro-F1 of each head. */
    static String scores(Map<String, Evaluation> parts) {
        List<String> heads = parts.values().stream()
                .flatMap(p -> p.model().heads().stream())
                .map(h -> h.name())
                .distinct()
                .toList();
        StringBuilder table = new StringBuilder("<table><thead><tr><th></th><th>rows</th><th>review</th>");
        heads.forEach(head -> table.append("<th>").append(escape(head)).append("</th>"));
        table.append("</tr></thead><tbody>");
        parts.forEach((name, part) -> {
            table.append("<tr><td>")
                    .append(escape(name))
                    .append("</td><td>")
                    .append(part.rows().size())
                    .append("</td><td>")
                    .append(TrainingReport.percent(part.reviewShare()))
                    .append("</td>");
            Map<String, HeadScores> scores = new TreeMap<>();
            part.heads().forEach(h -> scores.put(h.head().name(), h));
            for (String head : heads) {
                HeadScores s = scores.get(head);
                table.append("<td>");
                if (s != null) {
                    table.append(String.format(
                            Locale.ROOT,
                            "%.1f / %.1f",
                            100 * s.matrix().accuracy(),
                            100 * s.matrix().macroF1()));
                }
                table.append("</td>");
            }
            table.append("</tr>");
        });
        return table.append("</tbody></table><p class=\"note\">Accuracy / macro-F1, in percent.</p>")
                .toString();
    }

    static String confusion(ConfusionMatrix matrix) {
        StringBuilder table = new StringBuilder("<table class=\"matrix\"><thead><tr><th></th>");
        matrix.labels()
                .forEach(label -> table.append("<th>").append(escape(label)).append("</th>"));
        table.append("</tr></thead><tbody>");
        for (int truth = 0; truth < matrix.labels().size(); truth++) {
            table.append("<tr><th>").append(escape(matrix.labels().get(truth))).append("</th>");
            int support = matrix.support(truth);
            for (int answer = 0; answer < matrix.labels().size(); answer++) {
                int n = matrix.count(truth, answer);
                double share = support == 0 ? 0 : (double) n / support;
                String colour = truth == answer ? "34,139,94" : "200,60,60";
                table.append(String.format(
                        Locale.ROOT, "<td style=\"background:rgba(%s,%.2f)\">%s</td>", colour, share, n == 0 ? "" : n));
            }
            table.append("</tr>");
        }
        return table.append("</tbody></table>").toString();
    }

    /** The rows whose answers the rounding changed. */
    static String rounding(RoundingReport rounding) {
        StringBuilder table = new StringBuilder(
                "<table><thead><tr><th>row</th><th>head</th><th>float</th><th>int8</th></tr></thead><tbody>");
        rounding.changes().forEach(change -> table.append("<tr><td>")
                .append(escape(change.row()))
                .append("</td><td>")
                .append(escape(change.head()))
                .append("</td><td>")
                .append(escape(change.exact()))
                .append("</td><td>")
                .append(escape(change.rounded()))
                .append("</td></tr>"));
        return table.append("</tbody></table>").toString();
    }

    private static String escape(String text) {
        return Escapers.HTML.escape(text);
    }
}
