package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.CommandFailedException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code triage model promote}: makes the challenger active. */
@Command(
        name = "promote",
        description = "Makes the model in the shadow the active one; afterwards there is none in the shadow.",
        footer = {"", "Example:", "  triage model promote --bootstrap localhost:9092"})
final class ModelPromoteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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
        spec.commandLine().getOut().println(active + " is the active model, the shadow is empty");
        spec.commandLine().getOut().flush();
        return 0;
    }
}
