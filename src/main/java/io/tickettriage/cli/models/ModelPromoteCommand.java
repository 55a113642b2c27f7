package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.TriageCommand;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code triage model promote}: makes the challenger active. */
@Command(
        name = "promote",
        description = "Makes the model in the shadow the active one; afterwards there is none in the shadow.",
        footer = {"", "Example:", "  triage model promote --bootstrap localhost:9092"})
final class ModelPromoteCommand extends TriageCommand {
    @Mixin
    private ModelsOnKafka models;

    @Override
    public Integer call() throws IOException {
        String active = models.open(registry -> {
            String challenger = registry.shadow()
                    .orElseThrow(() -> new CommandFailedException(
                            "no model is in the shadow; triage model publish --shadow FILE puts one there"));
            registry.activate(challenger);
            return challenger;
        });
        out().println(active + " is the active model, the shadow is empty");
        out().flush();
        return 0;
    }
}
