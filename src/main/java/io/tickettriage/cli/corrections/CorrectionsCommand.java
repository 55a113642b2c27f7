package io.tickettriage.cli.corrections;

import picocli.CommandLine.Command;

/** {@code triage corrections}: what people say about labels, on its way in and out. */
@Command(
        name = "corrections",
        description = {
            "Submits corrections, and exports the labelled examples they become.",
            "%nThe corrections role of a running application stands between the two: see \"triage run\" and "
                    + "docs/corrections.md."
        },
        subcommands = {CorrectionsSubmitCommand.class, CorrectionsExportCommand.class})
public final class CorrectionsCommand {}
