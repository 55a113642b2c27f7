package io.tickettriage.cli.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.benchmark.ScoreBenchmark;
import io.tickettriage.benchmark.StreamBenchmark;
import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.SampleTickets;
import io.tickettriage.cli.shared.SettingsOptions;
import io.tickettriage.config.SettingKeys;
import io.tickettriage.config.Settings;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactFile;
import io.tickettriage.scoring.ScoringTopology;
import io.tickettriage.scoring.ShadowScorer;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage benchmark}: how fast it is on this machine. */
@Command(
        name = "benchmark",
        description = "Measures how fast it is on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchmarkCommand.Score.class, BenchmarkCommand.Stream.class, BenchmarkCommand.Jmh.class})
public final class BenchmarkCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command: score, stream or jmh?");
    }

    /** The texts of a data file; the demo's samples where there is none. */
    private static List<String> texts(@Nullable Path data) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : data == null ? SampleTickets.lines() : Files.readAllLines(data)) {
            String text = line.startsWith("{") && line.endsWith("}") ? text(line) : "";
            if (!text.isBlank()) {
                texts.add(text);
            }
        }
        if (texts.isEmpty()) {
            throw new CommandFailedException(data + ": no line has a text");
        }
        return texts;
    }

    private static String text(String line) throws IOException {
        JsonNode text = JSON.readTree(line).path("text");
        return text.isTextual() ? text.textValue() : "";
    }

    @Command(
            name = "score",
            description =
                    "Measures text to all heads: one thread, after a warm-up; the median time and the memory per ticket.",
            footer = {"", "Example:", "  triage benchmark score --data tickets.jsonl"})
    static final class Score implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(
                names = "--data",
                paramLabel = "FILE",
                description = "JSON Lines with a text each (default: the demo's).")
        private @Nullable Path data;

        @Option(names = "--model", paramLabel = "FILE", description = "The artifact (default: the one in the program).")
        private @Nullable Path model;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            List<String> texts = texts(data);
            ScoreBenchmark.Result result =
                    ScoreBenchmark.run(ArtifactFile.read(model).model(), texts);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                ObjectNode node = JSON.createObjectNode();
                node.put("tickets", result.tickets());
                node.put("median_ns_per_ticket", Math.round(result.medianNanosPerTicket()));
                node.put("bytes_per_ticket", Math.round(result.bytesPerTicket()));
                out.println(node);
            } else {
                double characters =
                        texts.stream().mapToInt(String::length).average().orElse(0);
                out.printf(
                        Locale.ROOT,
                        "%d tickets of %.0f characters on average: %.2f µs and %.0f bytes per ticket%n",
                        result.tickets(),
                        characters,
                        result.medianNanosPerTicket() / 1000,
                        result.bytesPerTicket());
            }
            out.flush();
            return 0;
        }
    }

    @Command(
            name = "stream",
            description = {
                "Measures the scoring role on an embedded broker against topologies that only pass records through.",
                "",
                "Same topics, records and settings, alternating in one run; then the latency at low load."
            },
            footer = {"", "Example:", "  triage benchmark stream --records 200000"})
    static final class Stream implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private SettingsOptions settingsOptions;

        @Option(
                names = "--records",
                paramLabel = "N",
                defaultValue = "200000",
                description = "Records of each run (${DEFAULT-VALUE}).")
        private int records;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                defaultValue = "3",
                description = "Runs of each topology (${DEFAULT-VALUE}).")
        private int rounds;

        @Option(names = "--shadow", description = "Let a second model score in the shadow, to see what that costs.")
        private boolean shadow;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws IOException, InterruptedException {
            // Kafka's server cannot start in some locales.
            Locale.setDefault(Locale.ROOT);
            Path directory = Files.createTempDirectory("triage-benchmark-");
            try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), FreePort.find())) {
                List<String> tickets = new ArrayList<>();
                for (String text : texts(null)) {
                    tickets.add(JSON.createObjectNode().put("text", text).toString());
                }
                StreamBenchmark.Result result =
                        newBenchmark(broker.bootstrap(), directory).run(tickets);
                print(result);
            }
            return 0;
        }

        private StreamBenchmark newBenchmark(String bootstrap, Path directory) throws IOException {
            Settings settings = settingsOptions.load(
                    SettingKeys.BOOTSTRAP_SERVERS.name() + "=" + bootstrap,
                    SettingKeys.STATE_DIR.name() + "=" + directory.resolve("state"));
            ScorerFactory scoring = ScorerFactory.load(settings, Optional.empty());
            TopicCatalogue catalogue = TopicCatalogue.load();
            TopicNames names = TopicNames.PLAIN;
            try (TopicAdmin admin = TopicAdmin.connect(bootstrap, Map.of())) {
                admin.apply(admin.diff(catalogue.topics(names)), false);
            }
            TicketModel model = scoring.model();
            Challenger challenger = new Challenger();
            challenger.set(shadow ? Optional.of(model) : Optional.empty());
            return new StreamBenchmark(
                    settings.streamsConfig("benchmark"),
                    names,
                    catalogue.queues(),
                    () -> new ScoringTopology.Scorers(
                            scoring.newScorer(new ActiveModel(model), scoring.outputOptions()),
                            new ShadowScorer(challenger, scoring.rules(), 100)),
                    records,
                    rounds);
        }

        private void print(StreamBenchmark.Result result) {
            double ratio = result.scoringPerSecond() / result.passThroughPerSecond();
            double jsonRatio = result.scoringPerSecond() / result.jsonPassThroughPerSecond();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                ObjectNode node = JSON.createObjectNode();
                node.put("scoring_records_per_s", Math.round(result.scoringPerSecond()));
                node.put("pass_through_records_per_s", Math.round(result.passThroughPerSecond()));
                node.put("json_pass_through_records_per_s", Math.round(result.jsonPassThroughPerSecond()));
                node.put("ratio", ratio);
                node.put("ratio_json", jsonRatio);
                node.putObject("latency_ms").put("p50", result.p50Millis()).put("p99", result.p99Millis());
                out.println(node);
            } else {
                out.printf(
                        Locale.ROOT,
                        "scoring            %,9.0f records/s%npass-through       %,9.0f records/s (scoring is %.2f of it)%n"
                                + "JSON pass-through  %,9.0f records/s (scoring is %.2f of it)%n"
                                + "latency            p50 %.1f ms, p99 %.1f ms%n",
                        result.scoringPerSecond(),
                        result.passThroughPerSecond(),
                        ratio,
                        result.jsonPassThroughPerSecond(),
                        jsonRatio,
                        result.p50Millis(),
                        result.p99Millis());
            }
            out.flush();
        }
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
