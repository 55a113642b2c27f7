package io.tickettriage.verify.history;

import io.tickettriage.kafka.SourcePosition;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the outputs followed their inputs, by the times at which brokers appended them.
 *
 * @param longestPause the longest time in which nothing came out, while there was input
 * @param longestDelay the longest time from one ticket's input to its output
 * @param slowest the output that came so late; empty where there is none
 */
public record Progress(Duration longestPause, Duration longestDelay, String slowest) {
    /** The progress of a history; of one without records, none was missing. */
    public static Progress of(History history) {
        Map<String, Long> sent = new HashMap<>();
        history.raw().forEach(input -> sent.putIfAbsent(History.id(input), input.timestamp()));
        ToLongFunction<ConsumerRecord<byte[], byte[]>> delay =
                output -> output.timestamp() - sent.getOrDefault(History.id(output), output.timestamp());
        Optional<ConsumerRecord<byte[], byte[]>> slowest =
                history.queued().stream().max(Comparator.comparingLong(delay));
        LongStream first =
                sent.values().stream().mapToLong(Long::longValue).sorted().limit(1);
        long[] times = LongStream.concat(first, history.outputs().mapToLong(ConsumerRecord::timestamp))
                .sorted()
                .toArray();
        long pause = 0;
        for (int i = 1; i < times.length; i++) {
            pause = Math.max(pause, times[i] - times[i - 1]);
        }
        return new Progress(
                Duration.ofMillis(pause),
                Duration.ofMillis(slowest.map(delay::applyAsLong).orElse(0L)),
                slowest.map(output -> SourcePosition.of(output).toString()).orElse(""));
    }
}
