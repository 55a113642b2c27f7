package io.tickettriage.cli.benchmark;

import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.SampleTickets;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage benchmark}: how fast it is on this machine. */
@Command(
        name = "benchmark",
        description = "Measures how fast it is on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchmarkScoreCommand.class, BenchmarkStreamCommand.class, BenchmarkCommand.Jmh.class})
public final class BenchmarkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command: score, stream or jmh?");
    }

    /** A ticket with a text. */
    record TextTicket(Optional<String> text) {}

    /** The texts of a data file of JSON Lines; the sample tickets' where there is none. */
    static List<String> texts(@Nullable Path data) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : data == null ? SampleTickets.lines() : Files.readAllLines(data)) {
            if (line.startsWith("{") && line.endsWith("}")) {
                Json.MAPPER
                        .readValue(line, TextTicket.class)
                        .text()
                        .filter(text -> !text.isBlank())
                        .ifPresent(texts::add);
            }
        }
        if (texts.isEmpty()) {
            throw new CommandFailedException(data + ": no line has a text");
        }
        return texts;
    }

    @Command(
            name = "jmh",
            description = "Runs the project's JMH benchmarks; what follows -- goes to JMH.",
            footer = {"", "Example:", "  triage benchmark jmh -- -prof gc"})
    static final class Jmh implements Callable<Integer> {
        @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For JMH.")
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
            return 0;
        }
    }
}
