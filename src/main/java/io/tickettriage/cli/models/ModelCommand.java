package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.registry.ModelRegistry;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
                "The artifact is checked here as the instances check it: version, checksum, shapes, golden tickets, and that "
                        + "every department has a queue. One that the promotion gate refused needs --force."
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
        byte[] bytes = ArtifactFile.bytes(file);
        ModelArtifact artifact = check(file, bytes);
        boolean refused = artifact.refused();
        if (refused && !force && !shadow) {
            throw new CommandFailedException(file
                    + ": the promotion gate refused this model (triage model inspect says why); --force publishes it all the"
                    + " same, --shadow lets it score beside the active one");
        }
        byte[] published = refused && !shadow ? ArtifactWriter.write(artifact.forced()) : bytes;
        String version = ArtifactFile.read(published, file.toString()).model().version();
        withRegistry(kafka.cluster(), registry -> {
            registry.publish(version, published, shadow);
            return version;
        });
        print("published " + version + (shadow ? " in the shadow" : " as the active model"));
    }

    private static ModelArtifact check(Path file, byte[] bytes) throws IOException {
        ModelCheck check = new ModelCheck(TopicCatalogue.load().queues());
        try {
            return check.read(bytes);
        } catch (IOException e) {
            throw new CommandFailedException(file + ": " + e.getMessage(), e);
        }
    }

    @Command(
            name = "list",
            description = "Lists the published models, oldest first, and which one is active or in the shadow.",
            footer = {"", "Example:", "  triage model list --bootstrap localhost:9092"})
    void list(@Mixin KafkaOptions kafka, @Mixin OutputFormat output) throws IOException {
        output.print(new ModelList(withRegistry(kafka.cluster(), ModelRegistry::list)));
    }

    private record ModelList(List<ModelRegistry.Published> models) implements Report {
        @Override
        public void print(Page page) {
            if (models.isEmpty()) {
                page.line("No model is published; instances score with the one in the program.");
                return;
            }
            Page.Table table = page.table("version", "published", "MiB", "");
            for (ModelRegistry.Published model : models) {
                String size = String.format(Locale.ROOT, "%.2f", model.bytes() / 1048576.0);
                String state = model.active() ? "active" : model.shadow() ? "shadow" : "";
                table.row(model.version(), model.publishedAt(), size, state);
            }
            table.print();
        }
    }

    @Command(
            name = "rollback",
            description =
                    "Makes an earlier model active again: the one published before the active one, or the one named.",
            footer = {"", "Example:", "  triage model rollback --bootstrap localhost:9092"})
    void rollback(
            @Mixin KafkaOptions kafka,
            @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The version to go back to.") @Nullable
                    String version)
            throws IOException {
        String active = withRegistry(kafka.cluster(), registry -> {
            String target = version != null
                    ? version
                    : registry.previous()
                            .orElseThrow(
                                    () -> new CommandFailedException(
                                            "no model was published before the active one; name a version of triage model list"));
            try {
                registry.activate(target);
            } catch (IllegalArgumentException e) {
                throw new CommandFailedException(String.valueOf(e.getMessage()), e);
            }
            return target;
        });
        print(active + " is the active model");
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
        output.print(Comparison.read(cluster, withRegistry(cluster, ModelCommand::challenger), examples));
    }

    @Command(
            name = "promote",
            description = "Makes the model in the shadow the active one; afterwards there is none in the shadow.",
            footer = {"", "Example:", "  triage model promote --bootstrap localhost:9092"})
    void promote(@Mixin KafkaOptions kafka) throws IOException {
        String active = withRegistry(kafka.cluster(), registry -> {
            String challenger = challenger(registry).version();
            registry.activate(challenger);
            return challenger;
        });
        print(active + " is the active model, the shadow is empty");
    }

    private interface Work<T> {
        T with(ModelRegistry registry) throws IOException;
    }

    private static <T> T withRegistry(Cluster cluster, Work<T> work) throws IOException {
        try (KafkaProducer<byte[], byte[]> producer =
                        cluster.newProducer(Map.of("max.request.size", SizeLimits.MODEL_BYTES));
                KafkaConsumer<byte[], byte[]> consumer =
                        cluster.newConsumer(Map.of("max.partition.fetch.bytes", SizeLimits.MODEL_BYTES))) {
            return work.with(
                    new ModelRegistry(producer, consumer, cluster.names().models()));
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
    }

    private static ModelRegistry.Published challenger(ModelRegistry registry) {
        return registry.list().stream()
                .filter(ModelRegistry.Published::shadow)
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        "no model is in the shadow; triage model publish --shadow FILE puts one there"));
    }
}
