package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.registry.ModelRegistry;
import io.tickettriage.registry.PublishedModels;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage model}: what can be done with artifacts. */
@Command(name = "model", description = "Shows and manages model artifacts.")
public final class ModelCommand {
    @Spec
    private CommandSpec spec;

    private void print(String line) {
        new Page(spec.commandLine().getOut()).line(line);
        spec.commandLine().getOut().flush();
    }

    @Command(
            name = "inspect",
            description = {
                "Shows what is inside an artifact: sizes, labels, thresholds, metrics, provenance, drift reference, top terms.",
                "",
                "Without a file it shows the model the program carries."
            },
            footer = {"", "Example:", "  triage model inspect model.json --terms 12"})
    void inspect(
            @Mixin OutputFormat output,
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "The artifact, of version 1 or 2.") @Nullable
                    Path file,
            @Option(
                            names = "--terms",
                            paramLabel = "N",
                            defaultValue = "8",
                            description = "Top terms per class. Default: ${DEFAULT-VALUE}.")
                    int terms)
            throws IOException {
        output.print(Inspection.of(ArtifactFile.read(file), terms));
    }

    @Command(
            name = "publish",
            description = {
                "Publishes a model: every running instance validates it and swaps to it, without a restart.",
                "",
                "The artifact is checked here as the instances check it: version, checksum, shapes, golden tickets, that every "
                        + "department has a queue and the rules fit, and a rehearsal of the whole scorer. One that the "
                        + "promotion gate refused needs --force. A version names one model for ever."
            },
            footer = {"", "Example:", "  triage model publish --bootstrap localhost:9092 model.json"})
    void publish(
            @Mixin KafkaOptions kafka,
            @Option(
                            names = "--shadow",
                            description = "Let it score beside the active model; nothing it says reaches a queue.")
                    boolean shadow,
            @Option(
                            names = "--force",
                            description =
                                    "Publish it although the promotion gate refused it; its provenance then says so.")
                    boolean force,
            @Parameters(paramLabel = "FILE", description = "The artifact.") Path file)
            throws IOException {
        Cluster cluster = kafka.cluster();
        byte[] bytes = ArtifactFile.bytes(file);
        ModelArtifact artifact = check(cluster, file.toString(), bytes);
        boolean refused = artifact.refused();
        if (refused && !force && !shadow) {
            throw new CommandFailedException(file
                    + ": the promotion gate refused this model (triage model inspect says why); --force publishes it all the"
                    + " same, --shadow lets it score beside the active one");
        }
        byte[] published = refused && !shadow ? ArtifactWriter.write(artifact.forced()) : bytes;
        String version = ArtifactFile.read(published, file.toString()).model().version();
        new ModelsOfCluster(cluster).change(registry -> {
            registry.publish(version, published, shadow);
            return version;
        });
        print("published " + version + (shadow ? " in the shadow" : " as the active model"));
    }

    /** Checks and rehearses a model with the rules and templates that are configured here. */
    private static ModelArtifact check(Cluster cluster, String name, byte[] artifact) throws IOException {
        ModelCheck check = ScorerFactory.modelCheck(
                cluster.settings(), TopicCatalogue.load().queues());
        try {
            return check.read(artifact);
        } catch (IOException e) {
            throw new CommandFailedException(name + ": " + e.getMessage(), e);
        }
    }

    /** Makes a published model active, unless it must not score. */
    private static void activate(Cluster cluster, ModelRegistry registry, String version) throws IOException {
        Optional<byte[]> artifact = registry.published().artifact(version);
        if (artifact.isPresent()) {
            ModelArtifact unused = check(cluster, "model " + version, artifact.get());
        }
        registry.activate(version);
    }

    @Command(
            name = "list",
            description = "Lists the published models, oldest first, and which one is active or in the shadow.",
            footer = {"", "Example:", "  triage model list --bootstrap localhost:9092"})
    void list(@Mixin KafkaOptions kafka, @Mixin OutputFormat output) throws IOException {
        ModelList list = new ModelsOfCluster(kafka.cluster())
                .read(published ->
                        new ModelList(published.list(), published.active().isEmpty()));
        output.print(list);
    }

    private record ModelList(List<PublishedModels.Published> models, boolean builtInActive) implements Report {
        @Override
        public void print(Page page) {
            if (models.isEmpty()) {
                page.line("No model is published; instances score with the one in the program.");
                return;
            }
            Page.Table table = page.table("version", "published", "MiB", "");
            for (PublishedModels.Published model : models) {
                String size = String.format(Locale.ROOT, "%.2f", model.bytes() / 1048576.0);
                String state = model.active() ? "active" : model.shadow() ? "shadow" : "";
                table.row(model.version(), model.publishedAt(), size, state);
            }
            table.print();
            if (builtInActive) {
                page.line("None of them is active; instances score with the one in the program.");
            }
        }
    }

    @Command(
            name = "rollback",
            description = {
                "Makes an earlier model active again: the one published before the active one, the one named, or with --builtin "
                        + "the one that every program carries.",
                "",
                "With --builtin running instances switch back to the model they were started with (triage.model.file, else the "
                        + "one in the program). model rollback VERSION makes a published one active again."
            },
            footer = {
                "",
                "Examples:",
                "  triage model rollback --bootstrap localhost:9092",
                "  triage model rollback --bootstrap localhost:9092 --builtin"
            })
    void rollback(
            @Mixin KafkaOptions kafka,
            @Option(names = "--builtin", description = "Go back to the model in the program.") boolean builtIn,
            @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The version to go back to.") @Nullable
                    String version)
            throws IOException {
        if (builtIn && version != null) {
            throw new ParameterException(spec.commandLine(), "name a version or say --builtin, not both");
        }
        Cluster cluster = kafka.cluster();
        String active = new ModelsOfCluster(cluster).change(registry -> {
            if (builtIn) {
                registry.activateBuiltIn();
                return "the one in the program";
            }
            String target = version != null ? version : previous(registry);
            activate(cluster, registry, target);
            return target;
        });
        print(active + " is the active model");
    }

    private static String previous(ModelRegistry registry) {
        return registry.published()
                .previous()
                .orElseThrow(
                        () -> new CommandFailedException("no model was published before the active one; name a version "
                                + "of triage model list, or --builtin for the one in the program"));
    }

    @Command(
            name = "compare",
            description = {
                "Compares the model in the shadow with the active one, over the tickets scored since it was published.",
                "",
                "Shows the agreement of each head and of the queue, and tickets about which the two disagree. With a sample below "
                        + "100 (triage.shadow.sample.percent), the differences are those of the sample."
            },
            footer = {"", "Example:", "  triage model compare --bootstrap localhost:9092 --examples 20"})
    void compare(
            @Mixin KafkaOptions kafka,
            @Mixin OutputFormat output,
            @Option(
                            names = "--examples",
                            paramLabel = "N",
                            defaultValue = "10",
                            description = "How many tickets to show (${DEFAULT-VALUE}).")
                    int examples)
            throws IOException {
        Cluster cluster = kafka.cluster();
        var challenger = new ModelsOfCluster(cluster).read(ModelCommand::challenger);
        output.print(Comparison.read(cluster, challenger, examples));
    }

    @Command(
            name = "promote",
            description = "Makes the model in the shadow the active one; afterwards there is none in the shadow.",
            footer = {"", "Example:", "  triage model promote --bootstrap localhost:9092"})
    void promote(@Mixin KafkaOptions kafka) throws IOException {
        Cluster cluster = kafka.cluster();
        String active = new ModelsOfCluster(cluster).change(registry -> {
            String challenger = challenger(registry.published()).version();
            activate(cluster, registry, challenger);
            return challenger;
        });
        print(active + " is the active model, the shadow is empty");
    }

    private static PublishedModels.Published challenger(PublishedModels published) {
        return published.list().stream()
                .filter(PublishedModels.Published::shadow)
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        "no model is in the shadow; triage model publish --shadow FILE puts one there"));
    }
}
