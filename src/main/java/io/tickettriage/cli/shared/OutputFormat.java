package io.tickettriage.cli.shared;

import io.tickettriage.format.Json;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints what it has to say: as text for a person, or with {@code --json} as one object for scripts. */
public final class OutputFormat {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Prints a report to standard output. */
    public void print(Report report) {
        print(report, report::print);
    }

    /** Prints {@code value} as JSON, or what {@code text} writes. */
    public void print(Object value, Consumer<Page> text) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(Json.text(value));
        } else {
            text.accept(new Page(out));
        }
    }
}
