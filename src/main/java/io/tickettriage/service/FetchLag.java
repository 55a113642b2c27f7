package io.tickettriage.service;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of which a consumer has fetched all there is, by the metrics of Kafka's consumers: no lag at the last fetch,
 * by a consumer that polls. Transaction marks and what was taken back are no lag here, unlike in committed offsets.
 */
record FetchLag(Set<TopicPartition> none) {
    private static final double POLLS_WITHIN_SECONDS = 2;

    static FetchLag of(Map<MetricName, ? extends Metric> metrics) {
        Set<String> polling = new HashSet<>();
        metrics.forEach((name, metric) -> {
            if (name.name().equals("last-poll-seconds-ago") && isBetween(0, metric, POLLS_WITHIN_SECONDS)) {
                polling.add(name.tags().getOrDefault("client-id", ""));
            }
        });
        Set<TopicPartition> none = new HashSet<>();
        metrics.forEach((name, metric) -> {
            if (name.name().equals("records-lag")
                    && isBetween(0, metric, 0)
                    && polling.contains(name.tags().getOrDefault("client-id", ""))) {
                Map<String, String> tags = name.tags();
                none.add(new TopicPartition(
                        tags.getOrDefault("topic", ""), Integer.parseInt(tags.getOrDefault("partition", "-1"))));
            }
        });
        return new FetchLag(none);
    }

    private static boolean isBetween(double least, Metric metric, double most) {
        return metric.metricValue() instanceof Number value
                && value.doubleValue() >= least
                && value.doubleValue() <= most;
    }

    boolean isNone(TopicPartition partition) {
        return none.contains(partition);
    }
}
