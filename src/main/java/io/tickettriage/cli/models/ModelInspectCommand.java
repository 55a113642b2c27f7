package io.tickettriage.cli.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.Head;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.training.evaluation.TopTerms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class ModelInspectCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The artifact, of version 1 or 2.")
    private @Nullable Path file;

    @Option(
            names = "--terms",
            paramLabel = "N",
            defaultValue = "8",
            description = "Top terms per class. Default: ${DEFAULT-VALUE}.")
    private int terms;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelArtifact artifact = ArtifactFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(toJson(artifact)));
        } else {
            print(artifact, out);
        }
        return 0;
    }

    private ObjectNode toJson(ModelArtifact artifact) {
        TicketModel model = artifact.model();
        ObjectNode node = JSON.createObjectNode();
        node.put("version", model.version())
                .put("sha256", model.sha256())
                .put("format_version", model.formatVersion())
                .put("parameters", model.network().size().parameters())
                .put("parameter_bytes", model.network().size().bytes())
                .put("min_known_words", model.reviewPolicy().minKnownWords());
        ObjectNode heads = node.putObject("heads");
        for (Head head : model.heads()) {
            ObjectNode h = heads.putObject(head.name());
            h.put("activation", head.activation().name().toLowerCase(Locale.ROOT))
                    .put("temperature", head.temperature())
                    .put("review_threshold", head.reviewThreshold());
            head.labels().forEach(h.withArray("labels")::add);
            ObjectNode decisions = h.putObject("decision_thresholds");
            head.decisionThresholds().forEach(decisions::put);
            ObjectNode top = h.putObject("top_terms");
            TopTerms.of(model, head, terms).forEach((label, list) -> list.forEach(top.putArray(label)::add));
        }
        node.set("metrics", artifact.notes().metrics());
        node.set("reference", artifact.notes().reference());
        node.set("provenance", artifact.notes().provenance());
        node.set("build", artifact.notes().build());
        node.put("golden_tickets", artifact.golden().size());
        return node;
    }

    private void print(ModelArtifact artifact, PrintWriter out) throws IOException {
        TicketModel model = artifact.model();
        out.printf(
                Locale.ROOT,
                "model %s, format %d, sha256 %s%n",
                model.version(),
                model.formatVersion(),
                model.sha256());
        out.printf(
                Locale.ROOT,
                "%d parameters in %d bytes; %d golden tickets; a text with fewer than %.0f %% known words goes to review%n",
                model.network().size().parameters(),
                model.network().size().bytes(),
                artifact.golden().size(),
                100 * model.reviewPolicy().minKnownWords());
        for (Head head : model.heads()) {
            out.printf(
                    Locale.ROOT,
                    "%n%s: temperature %.3f%s%s%n",
                    head.name(),
                    head.temperature(),
                    head.roles().review()
                            ? String.format(Locale.ROOT, ", review below %.2f", head.reviewThreshold())
                            : "",
                    head.decisionThresholds().isEmpty() ? "" : ", decided from " + head.decisionThresholds());
            for (Map.Entry<String, List<String>> entry :
                    TopTerms.of(model, head, terms).entrySet()) {
                out.println("  " + entry.getKey() + ": " + String.join(", ", entry.getValue()));
            }
        }
        for (Map.Entry<String, ObjectNode> part : Map.of(
                        "metrics", artifact.notes().metrics(),
                        "provenance", artifact.notes().provenance(),
                        "reference", artifact.notes().reference())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            out.printf(
                    Locale.ROOT,
                    "%n%s:%n%s%n",
                    part.getKey(),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(part.getValue()));
        }
    }
}
