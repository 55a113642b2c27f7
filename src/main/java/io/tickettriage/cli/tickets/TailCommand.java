package io.tickettriage.cli.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.ClusterCommand;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code triage tail}: shows what arrives in topics. */
@Command(
        name = "tail",
        description = "Shows the records of topics as they arrive; committed ones only, and without a consumer group.",
        footer = {
            "%nWithout --topic: all queues and the DLQ. Ends with --max or --timeout, else with Ctrl-C. With --json, one object a "
                    + "line: topic, partition, offset, timestamp, key, headers, value.",
            "%nExample:",
            "  triage tail --topic tickets.queue.billing --from-beginning --max 10 --json"
        })
public final class TailCommand extends ClusterCommand {
    private static final Duration POLL = Duration.ofMillis(200);

    @Option(names = "--topic", arity = "1..*", paramLabel = "TOPIC", description = "The topics to show.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--from-beginning", description = "Start with the oldest record, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "Stop after N records.")
    private long max;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Stop then; exit with 1 if short of --max.")
    private long timeoutSeconds;

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        long wanted = max == 0 ? Long.MAX_VALUE : max;
        return cluster.withConsumer(consumer -> {
            assign(cluster, consumer);
            long shown = 0;
            while (shown < wanted && (timeoutSeconds == 0 || System.nanoTime() < deadlineNanos)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (shown < wanted) {
                        show(record);
                        shown++;
                    }
                }
            }
            return max > 0 && shown < max ? 1 : 0;
        });
    }

    /** A record as scripts read it: milliseconds of the epoch, and the value as JSON where it is any, else as a text. */
    private record TailedRecord(
            @JsonUnwrapped SourcePosition position,
            long timestamp,
            @Nullable String key,
            Map<String, @Nullable String> headers,
            @Nullable Object value) {}

    private void show(ConsumerRecord<byte[], byte[]> record) {
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        SourcePosition position = SourcePosition.of(record);
        String key = text(record.key());
        String value = text(record.value());
        Object json = value != null && isJson(value) ? new RawValue(value) : value;
        output.print(
                new TailedRecord(position, record.timestamp(), key, headers, json),
                page -> page.line(
                        position + "  " + (key == null ? "-" : key) + "  " + (value == null ? "(null)" : value)));
    }

    private static boolean isJson(String text) {
        try {
            return !Json.tree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private void assign(Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) {
        TopicNames names = cluster.names();
        List<String> wanted = topics.isEmpty()
                ? consumer.listTopics().keySet().stream()
                        .filter(t -> t.startsWith(names.queuePrefix()) || t.equals(names.dlq()))
                        .sorted()
                        .toList()
                : topics;
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : wanted) {
            List<TopicPartition> ofTopic = TopicReader.partitions(consumer, topic);
            if (ofTopic.isEmpty()) {
                throw new CommandFailedException("there is no topic " + topic + " at " + cluster.servers()
                        + "; ./triage topics list shows those that there are");
            }
            partitions.addAll(ofTopic);
        }
        if (partitions.isEmpty()) {
            throw new CommandFailedException("there are no queues at " + cluster.servers()
                    + "; create them with ./triage topics apply --bootstrap " + cluster.servers());
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        partitions.forEach(consumer::position);
    }
}
