package io.tickettriage.verify;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.verify.history.History;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads the history of a run once the roles have read all of their inputs. */
final class HistoryReader implements AutoCloseable {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);
    private static final String REPARTITION = "-repartition";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final TopicNames names;
    private final Map<String, Set<String>> inputsByGroup;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    /** After the last record; an offset that only a transaction's marker has does not count. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** A reader of a run whose roles have application ids that begin with {@code applicationId}. */
    HistoryReader(Clients clients, TopicNames names, String applicationId) {
        this.consumer = clients.newConsumer();
        this.admin = clients.newAdmin();
        this.names = names;
        this.inputsByGroup = Map.of(
                applicationId + "-scoring", Set.of(names.raw()),
                applicationId + "-corrections", Set.of(names.correctionsSubmitted(), names.scored()));
    }

    /** Waits for the roles to commit all that is there, for some time at most, and reads what there is then. */
    History read(Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        assignAll();
        readOn();
        boolean more = true;
        while (more && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(PROBE_INTERVAL.toNanos());
            boolean caughtUp = areInputsCommitted();
            // What a role has committed with its last input is there now, and may be the input of another.
            more = readOn() || !caughtUp;
        }
        return new History(names, records);
    }

    private void assignAll() {
        List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> isOurs(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private static boolean isOurs(String topic) {
        return topic.startsWith("tickets.") && !topic.equals("tickets.models") || topic.endsWith(REPARTITION);
    }

    private boolean readOn() {
        boolean[] any = {false};
        TopicReader.readToEnd(consumer, record -> {
            any[0] = true;
            ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            if (!record.topic().endsWith(REPARTITION)) {
                records.computeIfAbsent(record.topic(), topic -> new ArrayList<>())
                        .add(record);
            }
        });
        return any[0];
    }

    private boolean areInputsCommitted() throws IOException, InterruptedException {
        for (Map.Entry<String, Set<String>> group : inputsByGroup.entrySet()) {
            Map<TopicPartition, OffsetAndMetadata> committed = committed(group.getKey());
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                String topic = end.getKey().topic();
                boolean isInput = group.getValue().contains(topic)
                        || topic.startsWith(group.getKey()) && topic.endsWith(REPARTITION);
                OffsetAndMetadata offset = committed.get(end.getKey());
                if (isInput && (offset == null || offset.offset() < end.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) throws IOException, InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("the offsets of " + group + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ofSeconds(5));
    }
}
