package io.tickettriage.cli.learn;

import io.tickettriage.cli.shared.AtomicFile;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.registry.PublishedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage learn}: export, train, gate, publish. */
@Command(
        name = "learn",
        description = {
            "Makes a better model of what people decided: exports the corrections, trains on from the active model, and "
                    + "publishes what the gate lets pass. Every instance then scores with it.",
            "%nExits with 1 if nobody has corrected anything, or the gate refuses the model: the active one stays. The "
                    + "desk's button Learn runs this where triage.desk.learn.command names it."
        },
        footer = {"", "Example:", "  triage learn --bootstrap localhost:9092 --keep data/learn"})
public final class LearnCommand extends TriageCommand {
    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Where to put corrections, the model before and the new one (default: a temporary folder).")
    private @Nullable Path keep;

    @Override
    public Integer call() throws IOException {
        Path directory = keep == null ? Files.createTempDirectory("triage-learn-") : Files.createDirectories(keep);
        Path active = directory.resolve("active.json");
        Path corrections = directory.resolve("corrections.jsonl");
        Path candidate = directory.resolve("candidate.json");
        Files.deleteIfExists(candidate);
        Cluster cluster = kafka.cluster();
        AtomicFile.write(active, activeModel(cluster));
        if (runKafka("corrections", "export", "--out", corrections) != 0 || Files.size(corrections) == 0) {
            throw new CommandFailedException(
                    "there is nothing to learn from: nobody has corrected or confirmed a ticket");
        }
        int verdict = run("train", "--corrections", corrections, "--from", active, "--out", candidate);
        if (verdict != 0) {
            // The trainer writes a refused model, too, with the verdict in it.
            out().println(
                            Files.exists(candidate)
                                    ? "refused: the gate keeps the active model; " + candidate + " has its reasons"
                                    : "failed: no model was trained; " + directory + " has what there is");
            return 1;
        }
        return runKafka("model", "publish", candidate);
    }

    /** The model in force: the one that the topic names, else the one in the program. */
    private static byte[] activeModel(Cluster cluster) throws IOException {
        Optional<byte[]> published = cluster.withConsumer(consumer -> {
            PublishedModels models =
                    new PublishedModels(consumer, cluster.names().models());
            return models.active().flatMap(models::artifact);
        });
        return published.isPresent() ? published.get() : ArtifactFile.bytes(null);
    }

    /** Runs another command on the same cluster. */
    private int runKafka(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(kafka.given());
        return run(all.toArray());
    }
}
