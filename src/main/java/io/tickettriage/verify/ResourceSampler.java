package io.tickettriage.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.verify.cluster.LocalCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks now and then at what the instances use; one that does not answer at that moment is left out. */
final class ResourceSampler implements AutoCloseable {
    private static final int INTERVAL_SECONDS = 10;
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_usage_after_gc\\{[^}]*} (\\S+)");
    private static final Pattern THREADS = Pattern.compile("(?m)^jvm_threads_live_threads (\\S+)");

    private final LocalCluster cluster;
    private final List<ResourceSample> samples = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "resource-sampler");
        thread.setDaemon(true);
        return thread;
    });

    ResourceSampler(LocalCluster cluster) {
        this.cluster = cluster;
    }

    void start() {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::sample, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    private void sample() {
        List<LocalCluster.Instance> instances = cluster.instances();
        for (int i = 0; i < instances.size(); i++) {
            int number = i + 1;
            LocalCluster.Instance instance = instances.get(i);
            instance.process()
                    .pid()
                    .flatMap(pid -> sample(number, pid, instance.httpPort()))
                    .ifPresent(this::add);
        }
    }

    private synchronized void add(ResourceSample sample) {
        samples.add(sample);
    }

    synchronized List<ResourceSample> samples() {
        return List.copyOf(samples);
    }

    private Optional<ResourceSample> sample(int number, long pid, int httpPort) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            URLConnection connection = URI.create("http://127.0.0.1:" + httpPort + "/metrics")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(ANSWER_TIMEOUT_MILLIS);
            connection.setReadTimeout(ANSWER_TIMEOUT_MILLIS);
            String metrics;
            try (InputStream in = connection.getInputStream()) {
                metrics = new String(in.readAllBytes(), UTF_8);
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            int open = (int) descriptors.count();
            int threads = (int) value(THREADS, metrics);
            return Optional.of(new ResourceSample(seconds, number, pid, value(HEAP, metrics), threads, open));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static double value(Pattern meter, String metrics) {
        Matcher line = meter.matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
