package io.tickettriage.cli.benchmark;

import io.tickettriage.benchmark.ScoreBenchmark;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.SampleTickets;
import io.tickettriage.format.Json;
import io.tickettriage.model.artifact.ArtifactFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code triage benchmark}: how fast it is on this machine. */
@Command(
        name = "benchmark",
        description = "Measures how fast it is on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BenchmarkStreamCommand.class)
public final class BenchmarkCommand {
    @Command(
            name = "score",
            description =
                    "Measures text to all heads: one thread, after a warm-up; the median time and the memory per ticket.",
            footer = {"", "Example:", "  triage benchmark score --data tickets.jsonl"})
    void score(
            @Option(names = "--data", description = "JSON Lines with a text each (default: the demo's).") @Nullable
                    Path data,
            @Option(names = "--model", description = "The artifact (default: the one in the program).") @Nullable
                    Path model,
            @Mixin OutputFormat output)
            throws IOException {
        List<String> texts = texts(data);
        double characters = texts.stream().mapToInt(String::length).average().orElse(0);
        var result = ScoreBenchmark.run(ArtifactFile.read(model).model(), texts);
        double nanos = result.medianNanosPerTicket();
        Score score = new Score(result.tickets(), Math.round(nanos), Math.round(result.bytesPerTicket()));
        output.print(
                score,
                page -> page.line(
                        "%d tickets of %.0f characters on average: %.2f µs and %d bytes per ticket",
                        score.tickets(), characters, nanos / 1000, score.bytesPerTicket()));
    }

    private record Score(int tickets, long medianNsPerTicket, long bytesPerTicket) {}

    @Command(
            name = "jmh",
            description = "Runs the project's JMH benchmarks; what follows -- goes to JMH.",
            footer = {"", "Example:", "  triage benchmark jmh -- -prof gc"})
    void jmh(
            @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For JMH.")
                    String @Nullable [] arguments)
            throws IOException {
        org.openjdk.jmh.Main.main(arguments == null ? new String[0] : arguments);
    }

    /** A ticket with a text. */
    record TextTicket(Optional<String> text) {}

    /** The texts of a data file of JSON Lines; the sample tickets' where there is none. */
    static List<String> texts(@Nullable Path data) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : data == null ? SampleTickets.lines("tickets.jsonl") : Files.readAllLines(data)) {
            if (line.startsWith("{") && line.endsWith("}")) {
                Optional<String> text =
                        Json.MAPPER.readValue(line, TextTicket.class).text();
                text.filter(words -> !words.isBlank()).ifPresent(texts::add);
            }
        }
        if (texts.isEmpty()) {
            throw new CommandFailedException(data + ": no line has a text");
        }
        return texts;
    }
}
