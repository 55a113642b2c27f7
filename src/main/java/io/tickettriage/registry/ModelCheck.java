package io.tickettriage.registry;

import io.tickettriage.model.Head;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ModelArtifact;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a model may score here: a valid artifact of the current version whose departments all have a queue. */
public final class ModelCheck {
    private final Set<String> queues;

    /** A check against the queues that exist. */
    public ModelCheck(Set<String> queues) {
        this.queues = new TreeSet<>(queues);
    }

    /** The outcome of a check. */
    public sealed interface Verdict {
        /** The model may score. */
        record Accepted(ModelArtifact artifact) implements Verdict {}

        /** It must not; the reason names the part and the numbers. */
        record Refused(String reason) implements Verdict {}
    }

    /** Reads, validates and replays an artifact. */
    public Verdict check(byte[] file) {
        try {
            ModelArtifact artifact = ArtifactReader.read(file);
            return problem(artifact.model())
                    .<Verdict>map(Verdict.Refused::new)
                    .orElseGet(() -> new Verdict.Accepted(artifact));
        } catch (InvalidArtifactException e) {
            return new Verdict.Refused(e.problem() + ": " + e.getMessage());
        }
    }

    /** Why a valid model may not score here; empty if it may. */
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
                        + "\" has no queue topic (known: " + String.join(", ", queues) + ")");
    }
}
