package io.tickettriage.verify.history;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the outputs followed their inputs, by the times at which brokers appended them.
 *
 * @param longestPause the longest time in which nothing came out, while there was input
 * @param longestDelay the longest time from one ticket's input to its output
 */
public record Progress(Duration longestPause, Duration longestDelay) {
    /** The progress of a history; of one without records, none was missing. */
    public static Progress of(History history) {
        Map<String, Long> sent = new HashMap<>();
        history.raw().forEach(input -> sent.putIfAbsent(History.id(input), input.timestamp()));
        long delay = history.queued().stream()
                .filter(output -> sent.containsKey(History.id(output)))
                .mapToLong(output -> output.timestamp() - sent.getOrDefault(History.id(output), output.timestamp()))
                .max()
                .orElse(0);
        LongStream first =
                sent.values().stream().mapToLong(Long::longValue).sorted().limit(1);
        long[] times = LongStream.concat(first, history.outputs().mapToLong(ConsumerRecord::timestamp))
                .sorted()
                .toArray();
        long pause = 0;
        for (int i = 1; i < times.length; i++) {
            pause = Math.max(pause, times[i] - times[i - 1]);
        }
        return new Progress(Duration.ofMillis(pause), Duration.ofMillis(delay));
    }
}
