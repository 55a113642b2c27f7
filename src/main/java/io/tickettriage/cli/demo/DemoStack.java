package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.broker.FreePort;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import io.tickettriage.topics.TopicAdmin;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A broker and the application in processes of their own, as in production: an embedded broker, the catalogue's topics,
 * and {@code triage run} with its default configuration on the production libraries.
 *
 * @param directory where the data is, and the logs
 * @param url where the application answers over HTTP, without a slash at its end
 */
record DemoStack(Path directory, Cluster cluster, String url, ChildProcess broker, ChildProcess application)
        implements AutoCloseable {
    /** Where every ticket arrives: a queue, or the DLQ. */
    private static final Pattern OUTPUTS = Pattern.compile("tickets\\.(queue\\..+|dlq)");

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

    /**
     * Starts everything, with a progress bar on standard error, and returns once {@code /ready} answers 200.
     *
     * @param command the one that shows the demo: its root is the program that is started again
     */
    static DemoStack start(CommandSpec command) throws IOException, InterruptedException {
        String mainClass = command.root().userObject().getClass().getName();
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
            ChildProcess broker = ChildProcess.start(
                    mainClass,
                    System.getProperty("java.class.path"),
                    List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                    directory.resolve("broker.log"),
                    List.of("broker", "--port=" + brokerPort, "--data=" + directory.resolve("broker")));
            String bootstrap = broker.awaitLine("READY ");
            bar.step().setExtraMessage("topics");
            List<String> overrides = List.of(KafkaClientsConfig.BOOTSTRAP_SERVERS + "=" + bootstrap);
            Cluster cluster = new Cluster(Settings.read(SettingsFile.empty(), Map.of(), overrides));
            try (TopicAdmin admin = cluster.newAdmin()) {
                admin.apply(admin.diff(TopicCatalogue.load().topics(cluster.names())), false);
            }
            bar.step().setExtraMessage("application");
            String learn = ChildProcess.commandLine(
                    mainClass,
                    System.getProperty("java.class.path"),
                    List.of("learn", "--bootstrap=" + bootstrap, "--keep=" + directory.resolve("learn")));
            List<String> run = List.of(
                    "run",
                    "--bootstrap=" + bootstrap,
                    "--http-port=" + httpPort,
                    "--set=triage.state.dir=" + directory.resolve("state"),
                    "--set=triage.desk.learn.command=" + learn,
                    "--set=triage.output.explanation=all",
                    "--set=triage.output.human-readable=all");
            Path log = directory.resolve("application.log");
            ChildProcess application =
                    ChildProcess.start(mainClass, ChildProcess.productionClasspath(), List.of("-Xmx128m"), log, run);
            String url = "http://127.0.0.1:" + httpPort;
            DemoStack stack = new DemoStack(directory, cluster, url, broker, application);
            stack.await("the application is ready", () -> stack.get("/ready").isPresent());
            bar.step().setExtraMessage("ready").step();
            return stack;
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
    Optional<String> get(String path) {
        try (InputStream in = URI.create(url + path).toURL().openStream()) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A consumer of committed records, from the oldest on, that is subscribed to every output. */
    KafkaConsumer<byte[], byte[]> newOutputConsumer() {
        KafkaConsumer<byte[], byte[]> consumer = cluster.newConsumer(Map.of("group.id", "triage-demo"));
        consumer.subscribe(OUTPUTS);
        return consumer;
    }

    boolean isAlive() {
        return broker.process().isAlive() && application.process().isAlive();
    }

    /** Stops both and deletes the data; the logs stay. */
    @Override
    public void close() throws IOException {
        application.close();
        broker.close();
        Utils.delete(directory.resolve("broker").toFile());
        Utils.delete(directory.resolve("state").toFile());
    }
}
