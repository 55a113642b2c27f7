package io.tickettriage.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds whether the cluster answers, has the topics, and has the roles move: Kafka Streams says RUNNING
 * while the broker is dead, a topic is gone, or a producer is fenced again and again.
 *
 * <p>Its answers are what the last look has seen, at once. Where the last look is too long ago, whatever keeps the next one,
 * that is the problem: so health tells the truth within ten seconds.
 */
final class ProgressMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(7);
    /** How long a role may stand still: three looks, which with the time before the first are eight seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String bootstrap;
    private final ClusterProbe cluster;
    private final Set<String> topics;
    private final List<WatchedRole> roles;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "progress-monitor");
    private volatile long lastAnswerNanos = System.nanoTime();
    private volatile String failure = "";
    private volatile Optional<String> topicsProblem = Optional.empty();

    /** A monitor that has not started; it closes {@code cluster}, which has just been seen to have the topics. */
    ProgressMonitor(String bootstrap, ClusterProbe cluster, Set<String> topics, List<WatchedRole> roles) {
        this.bootstrap = bootstrap;
        this.cluster = cluster;
        this.topics = topics;
        this.roles = roles;
        thread.setDaemon(true);
    }

    void start() {
        lastAnswerNanos = System.nanoTime();
        thread.start();
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.warn("interrupted, nobody watches the roles any more");
        }
    }

    private void look() {
        try {
            List<WatchedRole.Look> looks = roles.stream().map(WatchedRole::look).toList();
            Map<String, Set<TopicPartition>> partitions =
                    looks.stream().collect(Collectors.toMap(look -> look.role().group(), WatchedRole.Look::partitions));
            Set<String> wanted = new TreeSet<>(topics);
            // Those that Kafka Streams keeps for itself, too.
            partitions.values().forEach(its -> its.forEach(partition -> wanted.add(partition.topic())));

            ClusterState seen = cluster.ask(wanted, partitions);
            long now = System.nanoTime();
            for (WatchedRole.Look look : looks) {
                Map<TopicPartition, Long> committed =
                        seen.committed().getOrDefault(look.role().group(), Map.of());
                look.role().progress().observe(look.state(), committed, seen.ends(), now);
            }
            topicsProblem = problem(seen);
            lastAnswerNanos = now;
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        } catch (RuntimeException e) { // Whatever it is, the next look may see more.
            if (closing.getCount() > 0) {
                LOG.warn("cannot look at the cluster", e);
            }
            failure = e.toString();
        }
    }

    private static Optional<String> problem(ClusterState seen) {
        List<String> problems = new ArrayList<>();
        if (!seen.missingTopics().isEmpty()) {
            problems.add("missing: " + String.join(", ", seen.missingTopics())
                    + " (./triage topics apply creates what the catalogue names)");
        }
        if (!seen.leaderless().isEmpty()) {
            problems.add("without a leader: " + String.join(", ", seen.leaderless()));
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    /** What is wrong with the connection to the cluster. */
    Optional<String> kafkaProblem() {
        Duration silence = Duration.ofNanos(System.nanoTime() - lastAnswerNanos);
        return silence.compareTo(LONGEST_SILENCE) <= 0
                ? Optional.empty()
                : Optional.of("no answer from " + bootstrap + " for " + silence.toSeconds() + " s"
                        + (failure.isEmpty() ? "" : ": " + failure));
    }

    /** What is wrong with the topics that the roles need. */
    Optional<String> topicsProblem() {
        return topicsProblem;
    }

    @Override
    public void close() {
        closing.countDown();
        cluster.close();
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
