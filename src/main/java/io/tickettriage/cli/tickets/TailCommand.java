package io.tickettriage.cli.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tickettriage.cli.shared.Cluster;
import io.tickettriage.cli.shared.CommandFailedException;
import io.tickettriage.cli.shared.KafkaOptions;
import io.tickettriage.kafka.TopicNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code triage tail}: shows what arrives in topics. */
@Command(
        name = "tail",
        description = "Shows the records of topics as they arrive; committed ones only, and without a consumer group.",
        footer = {
            "",
            "Without --topic: all queues and the DLQ. Ends with --max or --timeout, else with Ctrl-C.",
            "",
            "Example:",
            "  triage tail --topic tickets.queue.billing --from-beginning --max 10 --json"
        })
public final class TailCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Duration POLL = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", arity = "1..*", paramLabel = "TOPIC", description = "The topics to show.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--from-beginning", description = "Start with the oldest record, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", defaultValue = "0", description = "Stop after N records.")
    private long max;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Stop after this time; with --max, exit with 1 if fewer records came.")
    private long timeoutSeconds;

    @Option(
            names = "--json",
            description = "One JSON object a line: topic, partition, offset, timestamp, key, headers, value.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Cluster cluster = kafka.cluster();
        long deadlineNanos =
                System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        long shown = 0;
        PrintWriter out = spec.commandLine().getOut();
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.newConsumer()) {
            assign(cluster, consumer);
            while ((max == 0 || shown < max) && (timeoutSeconds == 0 || System.nanoTime() < deadlineNanos)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (max == 0 || shown < max) {
                        out.println(json ? toJson(record) : toText(record));
                        shown++;
                    }
                }
                out.flush();
            }
        } catch (KafkaException e) {
            throw cluster.unreachable(e);
        }
        return max > 0 && shown < max ? 1 : 0;
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
            List<PartitionInfo> infos = consumer.partitionsFor(topic);
            if (infos == null || infos.isEmpty()) {
                throw new CommandFailedException("there is no topic " + topic + " at " + cluster.servers()
                        + "; ./triage topics list shows those that there are");
            }
            infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
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

    private static String toJson(ConsumerRecord<byte[], byte[]> record) throws JsonProcessingException {
        ObjectNode node = JSON.createObjectNode();
        node.put("topic", record.topic());
        node.put("partition", record.partition());
        node.put("offset", record.offset());
        node.put("timestamp", record.timestamp());
        node.put("key", record.key() == null ? null : new String(record.key(), UTF_8));
        ObjectNode headers = node.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? null : new String(header.value(), UTF_8));
        }
        if (record.value() == null) {
            node.putNull("value");
        } else {
            String text = new String(record.value(), UTF_8);
            if (isJson(text)) {
                node.putRawValue("value", new RawValue(text));
            } else {
                node.put("value", text);
            }
        }
        return JSON.writeValueAsString(node);
    }

    private static boolean isJson(String text) {
        try {
            return !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String toText(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "-" : new String(record.key(), UTF_8);
        String value = record.value() == null ? "(null)" : new String(record.value(), UTF_8);
        return record.topic() + "-" + record.partition() + "@" + record.offset() + "  " + key + "  " + value;
    }
}
