package io.tickettriage.verify.cluster;

import io.tickettriage.broker.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brokers with a {@link Link} in front of each, and instances of the application, all as processes on this machine. */
public final class LocalCluster implements AutoCloseable {
    private static final int BROKER_HEAP_MIB = 256;
    /** What the application promises to do with. */
    private static final int INSTANCE_HEAP_MIB = 128;

    private static final int PROBE_INTERVAL_MILLIS = 200;
    private static final int PROBE_TIMEOUT_MILLIS = 2_000;

    private final Program program;
    private final Optional<Installation> earlier;
    private final Path directory;
    private final List<String> runOptions;
    private final List<Link> links = new ArrayList<>();
    private final List<SupervisedProcess> brokers = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();

    private LocalCluster(Program program, Optional<Installation> earlier, Path directory, List<String> runOptions) {
        this.program = program;
        this.earlier = earlier;
        this.directory = directory;
        this.runOptions = List.copyOf(runOptions);
    }

    /**
     * An instance of the application.
     *
     * @param httpPort the port of its HTTP server
     * @param current how this build is started in its place
     */
    public record Instance(SupervisedProcess process, int httpPort, List<String> current) {
        /** Stops it and starts this build in its place, with the same state. */
        public void upgrade() {
            process.stop();
            process.replaceCommand(current);
            process.start();
        }

        boolean isReadyOrDown() {
            if (!process.isAlive()) {
                return true;
            }
            try {
                HttpURLConnection ready = (HttpURLConnection) URI.create("http://127.0.0.1:" + httpPort + "/ready")
                        .toURL()
                        .openConnection();
                ready.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
                ready.setReadTimeout(PROBE_TIMEOUT_MILLIS);
                return ready.getResponseCode() == HttpURLConnection.HTTP_OK;
            } catch (IOException e) {
                return false; // It does not listen yet.
            }
        }
    }

    /**
     * Starts the brokers; whoever calls creates the topics, then starts the instances, which are prepared.
     *
     * @param earlier what the instances run before {@link Instance#upgrade}; empty for this build from the beginning
     * @param directory where data, state and logs are kept
     * @param runOptions further options of {@code triage run}
     */
    public static LocalCluster start(
            Program program,
            Optional<Installation> earlier,
            Path directory,
            int brokers,
            int instances,
            List<String> runOptions)
            throws IOException {
        LocalCluster cluster = new LocalCluster(program, earlier, directory, runOptions);
        try {
            Files.createDirectories(directory);
            if (earlier.isPresent()) {
                earlier.get().requireOptions(INSTANCE_HEAP_MIB, runOptions);
            }
            cluster.startBrokers(brokers);
            for (int i = 0; i < instances; i++) {
                cluster.instances.add(cluster.newInstance(earlier));
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startBrokers(int count) throws IOException {
        Map<Integer, Integer> controllers = new TreeMap<>();
        for (int id = 1; id <= count; id++) {
            controllers.put(id, FreePort.find());
        }
        String voters = controllers.entrySet().stream()
                .map(controller -> controller.getKey() + "=" + controller.getValue())
                .collect(Collectors.joining(","));
        for (int id = 1; id <= count; id++) {
            int port = FreePort.find();
            Link link = Link.to(port);
            links.add(link);
            List<String> arguments = List.of(
                    "broker",
                    "--port=" + port,
                    "--advertised-port=" + link.port(),
                    "--internal-port=" + FreePort.find(),
                    "--node=" + id,
                    "--controllers=" + voters,
                    "--data=" + directory.resolve("broker-" + id));
            SupervisedProcess broker = new SupervisedProcess(
                    "broker " + id,
                    program.command(true, BROKER_HEAP_MIB, arguments),
                    directory.resolve("broker-" + id + ".log"));
            brokers.add(broker);
            broker.start();
        }
    }

    private Instance newInstance(Optional<Installation> begunBy) throws IOException {
        int number = instances.size() + 1;
        int httpPort = FreePort.find();
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap=" + bootstrap(),
                "--http-port=" + httpPort,
                "--set=triage.state.dir=" + directory.resolve("state-" + number)));
        arguments.addAll(runOptions);
        List<String> current = program.command(false, INSTANCE_HEAP_MIB, arguments);
        SupervisedProcess process = new SupervisedProcess(
                "instance " + number,
                begunBy.map(build -> build.command(INSTANCE_HEAP_MIB, arguments))
                        .orElse(current),
                directory.resolve("instance-" + number + ".log"));
        return new Instance(process, httpPort, current);
    }

    /** Waits until {@code /ready} of all instances that run answers 200; false if one does not in time. */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!instances().stream().allMatch(Instance::isReadyOrDown)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL_MILLIS);
        }
        return true;
    }

    /**
     * Makes sure that no instance has ended by itself since it was started; an {@link IOException} has what it said last.
     */
    public void requireNoExits() throws IOException {
        for (Instance instance : instances()) {
            SupervisedProcess process = instance.process();
            if (process.unexpectedExits() > 0) {
                String build = earlier.map(from -> " of " + from.home()).orElse("");
                throw new IOException(
                        process.name() + build + " ended at its start: " + Installation.lastLines(process.log()));
            }
        }
    }

    /** One instance of this build more, which has not started. */
    public synchronized Instance addInstance() throws IOException {
        Instance instance = newInstance(Optional.empty());
        instances.add(instance);
        return instance;
    }

    /** Where clients begin, through the links. */
    public String bootstrap() {
        return links.stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    public List<SupervisedProcess> brokers() {
        return List.copyOf(brokers);
    }

    /** All that there have been, the oldest first. */
    public synchronized List<Instance> instances() {
        return List.copyOf(instances);
    }

    /** What stands between clients and broker {@code index}, from 0. */
    public Link link(int index) {
        return links.get(index);
    }

    /** How often a process has ended without having been asked to. */
    public int unexpectedExits() {
        return processes().mapToInt(SupervisedProcess::unexpectedExits).sum();
    }

    private Stream<SupervisedProcess> processes() {
        return Stream.concat(instances().stream().map(Instance::process), brokers.stream());
    }

    @Override
    public void close() throws IOException {
        processes().forEach(SupervisedProcess::close);
        for (Link link : links) {
            link.close();
        }
    }
}
