package io.tickettriage.cli.demo;

import io.tickettriage.broker.FreePort;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A broker and the application in processes of their own, as in production: an embedded broker, the catalogue's topics,
 * and {@code triage run} with its default configuration on the production libraries.
 */
final class DemoStack implements AutoCloseable {
    /** Where every ticket arrives: a queue, or the DLQ. */
    private static final Pattern OUTPUTS = Pattern.compile("tickets\\.(queue\\..+|dlq)");

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

    private final Path directory;
    private final ChildProcess broker;
    private final ChildProcess application;
    private final String bootstrap;
    private final int httpPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private DemoStack(Path directory, ChildProcess broker, ChildProcess application, String bootstrap, int httpPort) {
        this.directory = directory;
        this.broker = broker;
        this.application = application;
        this.bootstrap = bootstrap;
        this.httpPort = httpPort;
    }

    /**
     * Starts everything, with a progress bar on standard error, and returns once {@code /ready} answers 200.
     *
     * @param command the one that shows the demo: its root is the program that is started again
     */
    static DemoStack start(CommandSpec command) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("triage-demo-");
        int brokerPort = FreePort.find();
        int httpPort = FreePort.find();
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("starting")
                .setInitialMax(4)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .hideEta()
                .continuousUpdate()
                .build()) {
            bar.setExtraMessage("broker");
            String mainClass = command.root().userObject().getClass().getName();
            ChildProcess broker = ChildProcess.start(
                    mainClass,
                    false,
                    List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                    directory.resolve("broker.log"),
                    List.of("broker", "--port=" + brokerPort, "--data=" + directory.resolve("broker")));
            String bootstrap = broker.awaitLine("READY ").substring("READY ".length());
            bar.step().setExtraMessage("topics");
            applyTopics(bootstrap);
            bar.step().setExtraMessage("application");
            ChildProcess application = ChildProcess.start(
                    mainClass,
                    true,
                    List.of("-Xmx128m"),
                    directory.resolve("application.log"),
                    runArguments(bootstrap, httpPort, directory));
            DemoStack stack = new DemoStack(directory, broker, application, bootstrap, httpPort);
            stack.await("the application is ready", () -> stack.get("/ready").isPresent());
            bar.step().setExtraMessage("ready").step();
            return stack;
        }
    }

    private static List<String> runArguments(String bootstrap, int httpPort, Path directory) {
        return List.of(
                "run",
                "--bootstrap=" + bootstrap,
                "--http-port=" + httpPort,
                "--set=triage.state.dir=" + directory.resolve("state"),
                "--set=triage.output.explanation=all",
                "--set=triage.output.human-readable=all");
    }

    private static void applyTopics(String bootstrap) throws IOException {
        try (TopicAdmin admin = TopicAdmin.connect(bootstrap, Map.of())) {
            admin.apply(admin.diff(TopicCatalogue.load().topics(TopicNames.PLAIN)), false);
        }
    }

    /** Something to wait for. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Waits until a condition holds; fails after a minute, or once a part of the stack has ended. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline || !isAlive()) {
                throw new CommandFailedException(
                        what + ": not within " + TIMEOUT.toSeconds() + " s; the logs in " + directory + " say why");
            }
            Thread.sleep(PROBE_INTERVAL.toMillis());
        }
    }

    /** What the application answers on a path; empty where it does not listen yet, or answers with an error. */
    Optional<String> get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path))).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + httpPort + path;
    }

    String bootstrap() {
        return bootstrap;
    }

    KafkaProducer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records, from the oldest on, that is subscribed to every output. */
    KafkaConsumer<byte[], byte[]> newOutputConsumer() {
        KafkaConsumer<byte[], byte[]> consumer = newConsumer(Map.of("group.id", "triage-demo"));
        consumer.subscribe(OUTPUTS);
        return consumer;
    }

    /** A consumer of committed records without a group. */
    KafkaConsumer<byte[], byte[]> newConsumer() {
        return newConsumer(Map.of("enable.auto.commit", false));
    }

    private KafkaConsumer<byte[], byte[]> newConsumer(Map<String, Object> own) {
        Map<String, Object> config = new HashMap<>(own);
        config.put("bootstrap.servers", bootstrap);
        config.put("auto.offset.reset", "earliest");
        config.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Path logs() {
        return directory;
    }

    boolean isAlive() {
        return broker.isAlive() && application.isAlive();
    }

    /** Stops both and deletes the data; the logs stay. */
    @Override
    public void close() throws IOException {
        application.close();
        broker.close();
        for (String data : List.of("broker", "state")) {
            delete(directory.resolve(data));
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
