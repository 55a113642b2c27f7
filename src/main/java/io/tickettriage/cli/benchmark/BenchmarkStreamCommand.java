package io.tickettriage.cli.benchmark;

import io.tickettriage.benchmark.StreamBenchmark;
import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.SettingsOptions;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.config.ScoringConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark stream}: the scoring role on a broker. */
@Command(
        name = "stream",
        description = {
            "Measures the scoring role on an embedded broker against topologies that only pass records through.",
            "",
            "Same topics, records and settings, alternating in one run; then the latency at low load."
        },
        footer = {"", "Example:", "  triage benchmark stream --records 200000"})
final class BenchmarkStreamCommand extends TriageCommand {
    @Mixin
    private SettingsOptions settingsOptions;

    @Option(names = "--records", paramLabel = "N", description = "Records of each run (${DEFAULT-VALUE}).")
    private int records = 200_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Runs of each topology (${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--shadow", description = "Let a second model score in the shadow, to see what that costs.")
    private boolean shadow;

    @Mixin
    private OutputFormat output;

    private record Latency(double p50, double p99) {}

    private record Figures(
            long scoringRecordsPerS,
            long passThroughRecordsPerS,
            long jsonPassThroughRecordsPerS,
            double ratio,
            double ratioJson,
            Latency latencyMs)
            implements Report {
        Figures(StreamBenchmark.Result result) {
            this(
                    Math.round(result.scoringPerSecond()),
                    Math.round(result.passThroughPerSecond()),
                    Math.round(result.jsonPassThroughPerSecond()),
                    result.scoringPerSecond() / result.passThroughPerSecond(),
                    result.scoringPerSecond() / result.jsonPassThroughPerSecond(),
                    new Latency(result.p50Millis(), result.p99Millis()));
        }

        @Override
        public void print(Page page) {
            page.line("scoring            %,9d records/s", scoringRecordsPerS);
            page.line("pass-through       %,9d records/s (scoring is %.2f of it)", passThroughRecordsPerS, ratio);
            page.line(
                    "JSON pass-through  %,9d records/s (scoring is %.2f of it)", jsonPassThroughRecordsPerS, ratioJson);
            page.line("latency            p50 %.1f ms, p99 %.1f ms", latencyMs.p50(), latencyMs.p99());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Kafka's server cannot start in some locales.
        Locale.setDefault(Locale.ROOT);
        Path directory = Files.createTempDirectory("triage-benchmark-");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), FreePort.find())) {
            List<String> tickets = BenchmarkCommand.texts(null).stream()
                    .map(text -> Json.text(new BenchmarkCommand.TextTicket(Optional.of(text))))
                    .toList();
            output.print(new Figures(newBenchmark(broker.bootstrap(), directory).run(tickets)));
        }
        return 0;
    }

    private StreamBenchmark newBenchmark(String bootstrap, Path directory) throws IOException {
        Settings settings = settingsOptions.load(
                KafkaClientsConfig.BOOTSTRAP_SERVERS + "=" + bootstrap,
                KafkaStreamsConfig.STATE_DIRECTORY + "=" + directory.resolve("state"),
                ScoringConfig.SHADOW_SAMPLE + "=100");
        ScorerFactory scoring = ScorerFactory.load(settings, Optional.empty());
        TopicCatalogue catalogue = TopicCatalogue.load();
        try (TopicAdmin admin = TopicAdmin.connect(bootstrap, Map.of())) {
            admin.apply(admin.diff(catalogue.topics(TopicNames.PLAIN)), false);
        }
        Challenger challenger = new Challenger();
        challenger.set(shadow ? Optional.of(scoring.model()) : Optional.empty());
        return new StreamBenchmark(
                settings.get(KafkaStreamsConfig.class).properties("benchmark"),
                TopicNames.PLAIN,
                catalogue.queues(),
                () -> scoring.newScorers(new ActiveModel(scoring.model()), challenger),
                records,
                rounds);
    }
}
