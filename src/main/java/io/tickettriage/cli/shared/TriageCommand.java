package io.tickettriage.cli.shared;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command: data goes to standard output, everything else to standard error. {@code call} returns the exit code: 0 done, 1
 * failed or refused; wrong usage is thrown and ends with 2.
 */
public abstract class TriageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** The command as it was parsed. */
    protected final CommandSpec spec() {
        return spec;
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Standard error, where what other people wrote is made visible; a text keeps its lines. */
    protected final PrintWriter err() {
        return new PrintWriter(new VisibleWriter(spec.commandLine().getErr()), true);
    }

    /** The failure of a command that was called wrongly; the message says what to do instead. */
    protected final ParameterException wrongUsage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** Shows a command as a user would type it, and runs it. */
    protected final int run(Object... arguments) {
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        out().println("$ ./triage " + String.join(" ", words));
        // A command line of its own: this one is in use.
        CommandLine root = spec.root().commandLine();
        return new CommandLine(root.getCommand().getClass())
                .setCaseInsensitiveEnumValuesAllowed(root.isCaseInsensitiveEnumValuesAllowed())
                .setExecutionExceptionHandler(root.getExecutionExceptionHandler())
                .execute(words);
    }
}
