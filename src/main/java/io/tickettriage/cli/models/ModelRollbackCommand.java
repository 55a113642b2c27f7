package io.tickettriage.cli.models;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.TriageCommand;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code triage model rollback}: makes an earlier model active again. */
@Command(
        name = "rollback",
        description = "Makes an earlier model active again: the one published before the active one, or the one named.",
        footer = {"", "Example:", "  triage model rollback --bootstrap localhost:9092"})
final class ModelRollbackCommand extends TriageCommand {
    @Mixin
    private ModelsOnKafka models;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The version to go back to.")
    private @Nullable String version;

    @Override
    public Integer call() throws IOException {
        String active = models.open(registry -> {
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
        out().println(active + " is the active model");
        out().flush();
        return 0;
    }
}
