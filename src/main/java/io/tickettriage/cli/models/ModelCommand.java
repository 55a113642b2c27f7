package io.tickettriage.cli.models;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code triage model}: what can be done with artifacts. */
@Command(
        name = "model",
        description = "Shows and manages model artifacts.",
        subcommands = {
            ModelInspectCommand.class,
            ModelPublishCommand.class,
            ModelListCommand.class,
            ModelRollbackCommand.class,
            ModelCompareCommand.class,
            ModelPromoteCommand.class
        })
public final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
