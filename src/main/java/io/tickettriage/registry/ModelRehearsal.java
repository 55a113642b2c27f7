package io.tickettriage.registry;

import io.tickettriage.model.artifact.ModelArtifact;
import java.util.Optional;

/** Runs a model as it would serve. */
public interface ModelRehearsal {
    /** Why a model must not score, with the ticket, the head and the number; empty if it may. */
    Optional<String> problem(ModelArtifact artifact);
}
