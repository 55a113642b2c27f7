package io.tickettriage.cli.benchmark;

import io.tickettriage.benchmark.ScoreBenchmark;
import io.tickettriage.benchmark.StreamBenchmark;
import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.SettingsOptions;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.config.ScoringConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        subcommands = DeskBenchmarkCommand.class)
public final class BenchmarkCommand {
    @Command(
            name = "score",
            description =
                    "Measures text to all heads: one thread, after a warm-up; the median time and the memory per ticket.",
            footer = {"", "Example:", "  triage benchmark score --data tickets.jsonl"})
    void score(
            @Option(
                            names = "--data",
                            paramLabel = "FILE",
                            description = "JSON Lines with a text each (default: the demo's).")
                    @Nullable
                    Path data,
            @Option(
                            names = "--model",
                            paramLabel = "FILE",
                            description = "The artifact (default: the one in the program).")
                    @Nullable
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
            name = "stream",
            description = "Measures the scoring role on an embedded broker against topologies that only pass records "
                    + "through, alternating, with the same topics, records and settings; then the latency at low load.",
            footer = {"", "Example:", "  triage benchmark stream --records 200000"})
    void stream(
            @Mixin SettingsOptions options,
            @Option(
                            names = "--records",
                            paramLabel = "N",
                            defaultValue = "200000",
                            description = "Of each run (${DEFAULT-VALUE}).")
                    int records,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Runs of each topology (${DEFAULT-VALUE}).")
                    int rounds,
            @Option(names = "--shadow", description = "Let a second model score in the shadow, to see the cost.")
                    boolean shadow,
            @Mixin OutputFormat output)
            throws IOException, InterruptedException {
        // Kafka's server cannot start in some locales.
        Locale.setDefault(Locale.ROOT);
        List<String> tickets = texts(null).stream()
                .map(text -> Json.text(Map.of("text", text)))
                .toList();
        Path directory = Files.createTempDirectory("triage-benchmark-");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), FreePort.find())) {
            Settings settings = options.load(
                    KafkaClientsConfig.BOOTSTRAP_SERVERS + "=" + broker.bootstrap(),
                    KafkaStreamsConfig.STATE_DIRECTORY + "=" + directory.resolve("state"),
                    ScoringConfig.SHADOW_SAMPLE + "=100");
            ScorerFactory scoring = ScorerFactory.load(settings, Optional.empty());
            TopicCatalogue catalogue = TopicCatalogue.load();
            try (TopicAdmin admin = TopicAdmin.connect(broker.bootstrap(), Map.of())) {
                admin.apply(admin.diff(catalogue.topics(TopicNames.PLAIN)), false);
            }
            Challenger challenger = new Challenger();
            challenger.set(shadow ? Optional.of(scoring.model()) : Optional.empty());
            StreamBenchmark benchmark = new StreamBenchmark(
                    settings.get(KafkaStreamsConfig.class).properties("benchmark"),
                    TopicNames.PLAIN,
                    catalogue.queues(),
                    () -> scoring.newScorers(new ActiveModel(scoring.model()), challenger),
                    records,
                    rounds);
            StreamBenchmark.Result result = benchmark.run(tickets);
            double rate = result.scoringPerSecond();
            StreamFigures figures = new StreamFigures(
                    Math.round(rate),
                    Math.round(result.passThroughPerSecond()),
                    Math.round(result.jsonPassThroughPerSecond()),
                    rate / result.passThroughPerSecond(),
                    rate / result.jsonPassThroughPerSecond(),
                    new Latency(result.p50Millis(), result.p99Millis()));
            output.print(figures, page -> {
                String passThrough = "%,9d records/s (scoring is %.2f of it)";
                page.line("scoring            %,9d records/s", figures.scoringRecordsPerS());
                page.line("pass-through       " + passThrough, figures.passThroughRecordsPerS(), figures.ratio());
                page.line(
                        "JSON pass-through  " + passThrough, figures.jsonPassThroughRecordsPerS(), figures.ratioJson());
                page.line("latency            p50 %.1f ms, p99 %.1f ms", result.p50Millis(), result.p99Millis());
            });
        }
    }

    private record Latency(double p50, double p99) {}

    private record StreamFigures(
            long scoringRecordsPerS,
            long passThroughRecordsPerS,
            long jsonPassThroughRecordsPerS,
            double ratio,
            double ratioJson,
            Latency latencyMs) {}

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

    /** The texts of a data file of JSON Lines; the sample tickets' where there is none. */
    static List<String> texts(@Nullable Path data) throws IOException {
        List<String> texts = new ArrayList<>();
        String lines = data == null ? ConfigFiles.text("demo/tickets.jsonl") : Files.readString(data);
        for (String line : lines.lines().toList()) {
            if (line.startsWith("{") && line.endsWith("}")) {
                String text = Json.tree(line).path("text").asText();
                if (!text.isBlank()) {
                    texts.add(text);
                }
            }
        }
        if (texts.isEmpty()) {
            throw new CommandFailedException(data + ": no line has a text");
        }
        return texts;
    }
}
