package io.tickettriage.registry;

import io.tickettriage.model.Head;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ModelArtifact;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Whether a model may score here: a valid artifact of the current version, whose departments all have a queue, and that has
 * been rehearsed.
 */
public record ModelCheck(SortedSet<String> queues, ModelRehearsal rehearsal) {
    /**
     * Reads, validates and rehearses an artifact.
     *
     * @throws IOException if its model must not score; the message names the part and the numbers
     */
    public ModelArtifact read(byte[] file) throws IOException {
        try {
            ModelArtifact artifact = ArtifactReader.readToServe(file);
            Optional<String> problem = problem(artifact.model()).or(() -> rehearsal.problem(artifact));
            if (problem.isPresent()) {
                throw new IOException(problem.get());
            }
            return artifact;
        } catch (InvalidArtifactException e) {
            throw new IOException(e.problem() + ": " + e.getMessage(), e);
        }
    }

    /** What can be said about a valid model without a rehearsal; empty if it may score. */
    public Optional<String> problem(TicketModel model) {
        if (model.formatVersion() < ArtifactReader.FORMAT_VERSION) {
            return Optional.of("model " + model.version() + ": artifacts of version " + model.formatVersion()
                    + " have no thresholds and cannot route tickets");
        }
        Head routing = model.routingHead();
        return routing.labels().stream()
                .filter(label -> !queues.contains(label))
                .findFirst()
                .map(label -> "model " + model.version() + ": " + routing.name() + " \"" + label
                        + "\" has no queue topic (known: " + String.join(", ", queues)
                        + "); ./triage topics apply creates those of the catalogue");
    }
}
