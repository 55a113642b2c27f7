package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage model publish}: gives a model to every running instance. */
@Command(
        name = "publish",
        description = {
            "Publishes a model: every running instance validates it and swaps to it, without a restart.",
            "",
            "The artifact is checked here as the instances check it: version, checksum, shapes, golden tickets, and that "
                    + "every department has a queue. One that the promotion gate refused needs --force."
        },
        footer = {"", "Example:", "  triage model publish --bootstrap localhost:9092 model.json"})
final class ModelPublishCommand extends TriageCommand {
    @Mixin
    private ModelsOnKafka models;

    @Option(names = "--shadow", description = "Let it score beside the active model; nothing it says reaches a queue.")
    private boolean shadow;

    @Option(
            names = "--force",
            description = "Publish it although the promotion gate refused it; its provenance then says so.")
    private boolean force;

    @Parameters(paramLabel = "FILE", description = "The artifact.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        byte[] bytes = ArtifactFile.bytes(file);
        ModelCheck check = new ModelCheck(TopicCatalogue.load().queues());
        ModelArtifact artifact;
        try {
            artifact = check.read(bytes);
        } catch (IOException e) {
            throw new CommandFailedException(file + ": " + e.getMessage(), e);
        }
        boolean refused = artifact.refused();
        if (refused && !force && !shadow) {
            throw new CommandFailedException(file
                    + ": the promotion gate refused this model (triage model inspect says why); --force publishes it all the"
                    + " same, --shadow lets it score beside the active one");
        }
        byte[] published = refused && !shadow ? ArtifactWriter.write(artifact.forced()) : bytes;
        String version = ArtifactFile.read(published, file.toString()).model().version();
        models.open(registry -> {
            registry.publish(version, published, shadow);
            return version;
        });
        out().println("published " + version + (shadow ? " in the shadow" : " as the active model"));
        out().flush();
        return 0;
    }
}
