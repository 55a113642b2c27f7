package io.tickettriage.cli.models;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.training.evaluation.TopTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage model inspect}: what is inside an artifact. */
@Command(
        name = "inspect",
        description = {
            "Shows what is inside an artifact: sizes, labels, thresholds, metrics, provenance, drift reference, top terms.",
            "",
            "Without a file it shows the model the program carries."
        },
        footerHeading = "%nExample:%n",
        footer = "  triage model inspect model.json --terms 12")
final class ModelInspectCommand extends TriageCommand {
    @Mixin
    private OutputFormat output;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The artifact, of version 1 or 2.")
    private @Nullable Path file;

    @Option(
            names = "--terms",
            paramLabel = "N",
            defaultValue = "8",
            description = "Top terms per class. Default: ${DEFAULT-VALUE}.")
    private int terms;

    @Override
    public Integer call() throws IOException {
        output.print(Inspection.of(ArtifactFile.read(file), terms));
        return 0;
    }

    /** What is inside an artifact. */
    private record Inspection(
            String version,
            String sha256,
            int formatVersion,
            long parameters,
            long parameterBytes,
            float minKnownWords,
            Map<String, InspectedHead> heads,
            ObjectNode metrics,
            ObjectNode reference,
            ObjectNode provenance,
            ObjectNode build,
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
                    artifact.notes().metrics(),
                    artifact.notes().reference(),
                    artifact.notes().provenance(),
                    artifact.notes().build(),
                    artifact.golden().size());
        }

        @Override
        public void print(Page page) {
            page.line("model %s, format %d, sha256 %s", version, formatVersion, sha256);
            page.line(
                    "%d parameters in %d bytes; %d golden tickets; a text with fewer than %.0f %% known words goes to review",
                    parameters, parameterBytes, goldenTickets, 100 * minKnownWords);
            heads.forEach((name, head) -> head.print(name, page));
            print(page, "metrics", metrics);
            print(page, "provenance", provenance);
            print(page, "reference", reference);
        }

        private static void print(Page page, String name, ObjectNode notes) {
            page.line();
            page.line(name + ":");
            page.line(notes.toPrettyString());
        }
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
            page.line();
            page.line(
                    "%s: temperature %.3f%s%s",
                    name,
                    temperature,
                    review ? String.format(Locale.ROOT, ", review below %.2f", reviewThreshold) : "",
                    decisionThresholds.isEmpty() ? "" : ", decided from " + decisionThresholds);
            topTerms.forEach((label, terms) -> page.line("  " + label + ": " + String.join(", ", terms)));
        }
    }
}
