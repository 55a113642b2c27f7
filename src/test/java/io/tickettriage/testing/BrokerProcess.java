package io.tickettriage.testing;

import static org.awaitility.Awaitility.await;

import io.tickettriage.broker.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code triage broker} in a process of its own, for tests that kill it. */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final Path directory;
    private final int port;
    private TriageProcess process;

    private BrokerProcess(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** Starts a broker on a free port that keeps its data and its log in {@code directory}; returns once it serves. */
    public static BrokerProcess start(Path directory) throws IOException {
        return new BrokerProcess(directory, FreePort.find());
    }

    private TriageProcess launch() throws IOException {
        Path log = directory.resolve("broker.log");
        Files.deleteIfExists(log);
        TriageProcess launched = TriageProcess.start(
                log,
                List.of("-Xmx256m"),
                "broker",
                "--port",
                Integer.toString(port),
                "--data",
                directory.resolve("broker").toString());
        await().atMost(START_TIMEOUT)
                .until(() -> Files.exists(log) && Files.readString(log).contains("READY "));
        return launched;
    }

    /** What clients connect to: {@code host:port}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Ends it at once, as the kernel or a power cut would. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again after {@link #kill}, with its data and on its port. */
    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }
}
