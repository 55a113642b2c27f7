package io.tickettriage.testing;

import static org.awaitility.Awaitility.await;

import io.tickettriage.broker.FreePort;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code triage run} against the tests' broker, with topics of its own, in a process of its own. */
public final class RunningTriage implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TriageProcess process;
    private final int httpPort;

    private RunningTriage(TriageProcess process, int httpPort) {
        this.process = process;
        this.httpPort = httpPort;
    }

    /** Creates the catalogue's topics under the test's prefix. */
    public static TopicNames createTopics(KafkaBroker broker) throws IOException {
        return createTopics(broker, new TopicNames(broker.prefix(), ""));
    }

    /** Creates the catalogue's topics under their own names. */
    public static TopicNames createPlainTopics(KafkaBroker broker) throws IOException {
        return createTopics(broker, TopicNames.PLAIN);
    }

    private static TopicNames createTopics(KafkaBroker broker, TopicNames names) throws IOException {
        try (TopicAdmin admin = TopicAdmin.connect(broker.bootstrap(), Map.of())) {
            admin.apply(admin.diff(TopicCatalogue.load().topics(names)), false);
        }
        return names;
    }

    /** Starts all roles on the topics' own names; returns at once. */
    public static RunningTriage startPlain(KafkaBroker broker, Path directory) throws IOException {
        return start(broker, directory, "scoring,corrections", "--set", "triage.topic.prefix=");
    }

    /** Starts it; returns at once. */
    public static RunningTriage start(KafkaBroker broker, Path directory, String roles, String... more)
            throws IOException {
        return start(broker.bootstrap(), broker.prefix(), directory, roles, more);
    }

    /** Starts it on topics whose names begin with {@code prefix}; returns at once. */
    public static RunningTriage start(String bootstrap, String prefix, Path directory, String roles, String... more)
            throws IOException {
        int port = FreePort.find();
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap",
                bootstrap,
                "--roles",
                roles,
                "--http-port",
                Integer.toString(port),
                "--set",
                "triage.topic.prefix=" + prefix,
                "--set",
                "triage.application.id=" + prefix + "app",
                "--set",
                "triage.state.dir=" + directory.resolve("state")));
        arguments.addAll(List.of(more));
        return new RunningTriage(
                TriageProcess.start(
                        directory.resolve("application.log"), List.of("-Xmx128m"), arguments.toArray(String[]::new)),
                port);
    }

    /** Waits until {@code /ready} answers 200. */
    public RunningTriage awaitReady() {
        await().atMost(START_TIMEOUT).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the process has ended");
            }
            return isReady();
        });
        return this;
    }

    /** Whether {@code /ready} answers 200. */
    public boolean isReady() throws InterruptedException {
        try {
            return get("/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The value of a meter in {@code /metrics}, by the start of its line; 0 if it is not there. */
    public double meter(String lineStart) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(lineStart))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Where it serves: {@code http://host:port}. */
    public String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** What it answers on a path. */
    public HttpResponse<String> get(String path) throws InterruptedException, IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public TriageProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
