package io.tickettriage.cli.corrections;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code triage corrections}: what people say about labels, on its way in and out. */
@Command(
        name = "corrections",
        description = {
            "Submits corrections, and exports the labelled examples they become.",
            "",
            "The corrections role of a running application stands between the two: see \"triage run\" and "
                    + "docs/corrections.md."
        },
        subcommands = {CorrectionsSubmitCommand.class, CorrectionsExportCommand.class})
public final class CorrectionsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: submit or export?");
    }
}
