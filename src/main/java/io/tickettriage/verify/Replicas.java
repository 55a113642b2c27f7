package io.tickettriage.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether every broker is there and every replica up to date. */
record Replicas(Admin admin, int brokers) {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(300);

    /** Returns once all replicas of all topics are in sync. */
    void awaitInSync(Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!areInSync()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("replicas are still out of sync after " + timeout.toSeconds() + " s");
            }
            TimeUnit.NANOSECONDS.sleep(PROBE_INTERVAL.toNanos());
        }
    }

    private boolean areInSync() throws InterruptedException {
        try {
            if (admin.describeCluster().nodes().get().size() < brokers) {
                return false;
            }
            var topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .map(TopicDescription::partitions)
                    .allMatch(partitions -> partitions.stream()
                            .allMatch(partition -> partition.leader() != null
                                    && partition.isr().size()
                                            == partition.replicas().size()));
        } catch (ExecutionException e) {
            LOG.debug("not in sync: {}", e.toString());
            return false;
        }
    }
}
