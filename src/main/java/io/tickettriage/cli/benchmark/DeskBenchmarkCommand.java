package io.tickettriage.cli.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.benchmark.DeskBenchmark;
import io.tickettriage.benchmark.DeskBenchmark.Latencies;
import io.tickettriage.benchmark.DeskBenchmark.Latency;
import io.tickettriage.broker.EmbeddedBroker;
import io.tickettriage.broker.FreePort;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.OutputFormat;
import io.tickettriage.cli.shared.Page;
import io.tickettriage.cli.shared.Report;
import io.tickettriage.cli.shared.SettingsOptions;
import io.tickettriage.cli.shared.TriageCommand;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.format.Json;
import io.tickettriage.service.Application;
import io.tickettriage.service.Role;
import io.tickettriage.service.ScorerFactory;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code triage benchmark desk}: how long reviewers wait. */
@Command(
        name = "desk",
        description = "Measures how long reviewers wait for the next ticket and for their decisions: all roles on an "
                + "embedded broker, many open tickets, and people simulated over HTTP, in this one process.",
        footer = {"", "Example:", "  triage benchmark desk --tickets 13000 --reviewers 20"})
final class DeskBenchmarkCommand extends TriageCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--tickets",
            paramLabel = "N",
            defaultValue = "13000",
            description = "Open review tickets when it begins (${DEFAULT-VALUE}).")
    private int tickets;

    @Option(names = "--reviewers", paramLabel = "N", defaultValue = "20", description = "People (${DEFAULT-VALUE}).")
    private int reviewers;

    @Option(
            names = "--decisions",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Of all of them, after the warm-up (${DEFAULT-VALUE}).")
    private int decisions;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Decisions before that, shown apart (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--reading",
            paramLabel = "MS",
            defaultValue = "500",
            description = "How long each reads a ticket, on average (${DEFAULT-VALUE}).")
    private int reading;

    @Mixin
    private OutputFormat output;

    /** More than one of those that are sent has, once it is scored. */
    private static final long BYTES_OF_A_TICKET = 6_000;

    /** The figures as they are printed. */
    record Figures(int open, int reviewers, double decisionsPerS, Latencies warmUpMs, Latencies measuredMs)
            implements Report {
        @Override
        public void print(Page page) {
            page.line("%,d open tickets, %d reviewers, %.1f decisions/s", open, reviewers, decisionsPerS);
            page.line("While the JVM warms up:");
            print(page, warmUpMs);
            page.line("Then:");
            print(page, measuredMs);
        }

        private static void print(Page page, Latencies latencies) {
            print(page, "next ticket", latencies.next());
            print(page, "decide", latencies.decide());
            print(page, "list", latencies.list());
        }

        private static void print(Page page, String what, Latency latency) {
            page.line(
                    "  %-12s p50 %6.1f ms   p99 %6.1f ms   max %6.1f ms   (%,d requests)",
                    what, latency.p50(), latency.p99(), latency.max(), latency.requests());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (warmUp + decisions >= tickets) {
            throw wrongUsage("--warm-up and --decisions must be fewer than --tickets, for each ends a ticket's wait");
        }
        if (warmUp < 1 || decisions < 1) {
            throw wrongUsage("--warm-up and --decisions must be 1 or more");
        }
        // Kafka's server cannot start in some locales.
        Locale.setDefault(Locale.ROOT);
        Path directory = Files.createTempDirectory("triage-benchmark-");
        int port = FreePort.find();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), FreePort.find())) {
            Settings settings = options.load(
                    KafkaClientsConfig.BOOTSTRAP_SERVERS + "=" + broker.bootstrap(),
                    KafkaStreamsConfig.STATE_DIRECTORY + "=" + directory.resolve("state"),
                    HttpConfig.PORT + "=" + port,
                    // All of them are to be open, whatever the desk keeps by default.
                    "triage.desk.max.open=" + tickets,
                    "triage.desk.max.bytes=" + Math.max(1 << 24, tickets * BYTES_OF_A_TICKET));
            Cluster cluster = new Cluster(settings);
            TopicCatalogue catalogue = TopicCatalogue.load();
            try (TopicAdmin admin = cluster.newAdmin()) {
                admin.apply(admin.diff(catalogue.topics(cluster.names())), false);
            }
            ScorerFactory scoring = ScorerFactory.load(settings, Optional.empty());
            try (Application application =
                    new Application(settings, scoring, EnumSet.allOf(Role.class), catalogue.queues())) {
                application.start();
                DeskBenchmark benchmark = new DeskBenchmark(
                        URI.create("http://127.0.0.1:" + port),
                        reviewers,
                        warmUp,
                        decisions,
                        Duration.ofMillis(reading));
                fill(cluster);
                awaitOpen(benchmark);
                DeskBenchmark.Result result = benchmark.run();
                output.print(new Figures(
                        result.open(), reviewers, result.decisionsPerSecond(), result.warmUp(), result.measured()));
            }
        }
        return 0;
    }

    /** Tickets that come to review whatever the model thinks: a rule of the program's own names lawyers. */
    private void fill(Cluster cluster) throws IOException {
        List<String> texts = BenchmarkCommand.texts(null);
        try (KafkaProducer<byte[], byte[]> producer = cluster.newProducer(Map.of())) {
            for (int i = 0; i < tickets; i++) {
                String text = texts.get(i % texts.size()) + " Answer, or you will hear from my lawyer.";
                var unused = producer.send(new ProducerRecord<>(
                        cluster.names().raw(), ("T-" + i).getBytes(UTF_8), Json.bytes(Map.of("text", text))));
            }
            producer.flush();
        }
    }

    private void awaitOpen(DeskBenchmark benchmark) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (benchmark.open() < tickets) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException(
                        "only " + benchmark.open() + " of " + tickets + " tickets are open after " + PATIENCE);
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }
}
