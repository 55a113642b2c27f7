package io.tickettriage.cli.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickettriage.benchmark.ScoreBenchmark;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.model.artifact.ArtifactFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark score}: the model alone. */
@Command(
        name = "score",
        description =
                "Measures text to all heads: one thread, after a warm-up; the median time and the memory per ticket.",
        footer = {"", "Example:", "  triage benchmark score --data tickets.jsonl"})
final class BenchmarkScoreCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "FILE", description = "JSON Lines with a text each (default: the demo's).")
    private @Nullable Path data;

    @Option(names = "--model", paramLabel = "FILE", description = "The artifact (default: the one in the program).")
    private @Nullable Path model;

    @Mixin
    private OutputFormat output;

    private record Figures(
            int tickets,
            long medianNsPerTicket,
            long bytesPerTicket,
            @JsonIgnore double averageCharacters,
            @JsonIgnore double medianMicros)
            implements Report {
        @Override
        public void print(Page page) {
            page.line(
                    "%d tickets of %.0f characters on average: %.2f µs and %d bytes per ticket",
                    tickets, averageCharacters, medianMicros, bytesPerTicket);
        }
    }

    @Override
    public Integer call() throws IOException {
        List<String> texts = BenchmarkCommand.texts(data);
        double characters = texts.stream().mapToInt(String::length).average().orElse(0);
        ScoreBenchmark.Result result =
                ScoreBenchmark.run(ArtifactFile.read(model).model(), texts);
        output.print(new Figures(
                result.tickets(),
                Math.round(result.medianNanosPerTicket()),
                Math.round(result.bytesPerTicket()),
                characters,
                result.medianNanosPerTicket() / 1000));
        return 0;
    }
}
