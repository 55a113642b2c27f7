package io.tickettriage.cli.models;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.training.evaluation.TopTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is inside an artifact: what {@code model inspect} prints. */
record Inspection(
        String version,
        String sha256,
        int formatVersion,
        long parameters,
        long parameterBytes,
        float minKnownWords,
        Map<String, InspectedHead> heads,
        @JsonUnwrapped ModelArtifact.Notes notes,
        int goldenTickets)
        implements Report {
    static Inspection of(ModelArtifact artifact, int terms) {
        TicketModel model = artifact.model();
        Map<String, InspectedHead> heads = new LinkedHashMap<>();
        model.heads().forEach(head -> heads.put(head.name(), InspectedHead.of(model, head, terms)));
        return new Inspection(
                model.version(),
                model.sha256(),
                model.formatVersion(),
                model.network().size().parameters(),
                model.network().size().bytes(),
                model.reviewPolicy().minKnownWords(),
                heads,
                artifact.notes(),
                artifact.golden().size());
    }

    @Override
    public void print(Page page) {
        page.line("model %s, format %d, sha256 %s", version, formatVersion, sha256);
        page.line(
                "%d parameters in %d bytes; %d golden tickets; a text with fewer than %.0f %% known words goes to review",
                parameters, parameterBytes, goldenTickets, 100 * minKnownWords);
        heads.forEach((name, head) -> head.print(name, page));
        print(page, "metrics", notes.metrics());
        print(page, "provenance", notes.provenance());
        print(page, "reference", notes.reference());
    }

    private static void print(Page page, String name, ObjectNode notes) {
        page.line();
        page.line(name + ":");
        page.lines(notes.toPrettyString());
    }

    private record InspectedHead(
            String activation,
            float temperature,
            float reviewThreshold,
            List<String> labels,
            Map<String, Float> decisionThresholds,
            Map<String, List<String>> topTerms,
            @JsonIgnore boolean review) {
        static InspectedHead of(TicketModel model, Head head, int terms) {
            return new InspectedHead(
                    head.activation().name().toLowerCase(Locale.ROOT),
                    head.temperature(),
                    head.reviewThreshold(),
                    head.labels(),
                    new TreeMap<>(head.decisionThresholds()),
                    TopTerms.of(model, head, terms),
                    head.roles().review());
        }

        void print(String name, Page page) {
            String below = review ? String.format(Locale.ROOT, ", review below %.2f", reviewThreshold) : "";
            String decided = decisionThresholds.isEmpty() ? "" : ", decided from " + decisionThresholds;
            page.line();
            page.line("%s: temperature %.3f%s%s", name, temperature, below, decided);
            topTerms.forEach((label, terms) -> page.line("  " + label + ": " + String.join(", ", terms)));
        }
    }
}
