package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Json;
import io.tickettriage.kafka.TopicReader;
import io.tickettriage.message.LabelledExample;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code tickets.corrections} into {@code corrections.jsonl}: one line per ticket, sorted by id. Compaction never
 * touches a topic's newest segment, so the last value per key is kept here, and tombstones are dropped here. The same
 * topic gives the same bytes.
 */
public final class CorrectionsExport {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Taxonomy taxonomy;
    private final ExportOptions options;
    private final SortedMap<String, Latest> latest = new TreeMap<>();
    private long withoutKey;

    /** An export of all {@code partitions}; the consumer reads committed records, without a group, and is not closed here. */
    public CorrectionsExport(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Taxonomy taxonomy,
            ExportOptions options) {
        this.consumer = consumer;
        this.taxonomy = taxonomy;
        this.options = options;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * The file of one moment, UTF-8, and how many examples it has, how many were left out because they had labels of
     * excluded submitters only, and how many records were no examples.
     */
    public record Export(byte[] jsonLines, int examples, int excluded, long unreadable) {}

    /** What a key says last; a tombstone has no value, and is kept until the end of the reading. */
    private record Latest(byte @Nullable [] value, long timestamp, int partition) {
        /** A key changes its partition when the topic is given more; the order across partitions is that of time. */
        boolean isOlderThan(Latest other) {
            return partition == other.partition
                    || timestamp < other.timestamp
                    || (timestamp == other.timestamp && partition < other.partition);
        }
    }

    public void readToEnd() {
        TopicReader.readToEnd(consumer, this::take);
    }

    /** Collects what comes within a time, at least one answer of the broker; says whether anything came. */
    public boolean readFor(Duration time) {
        long deadlineNanos = System.nanoTime() + time.toNanos();
        boolean changed = false;
        do {
            Duration rest = Duration.ofNanos(deadlineNanos - System.nanoTime());
            ConsumerRecords<byte[], byte[]> records = consumer.poll(rest.compareTo(POLL) > 0 ? rest : POLL);
            records.forEach(this::take);
            changed |= !records.isEmpty();
        } while (System.nanoTime() < deadlineNanos);
        return changed;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            withoutKey++;
            return;
        }
        String id = new String(record.key(), UTF_8);
        Latest said = new Latest(record.value(), record.timestamp(), record.partition());
        latest.merge(id, said, (known, next) -> known.isOlderThan(next) ? next : known);
    }

    public Export export() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int examples = 0;
        int excluded = 0;
        long unreadable = withoutKey;
        for (Map.Entry<String, Latest> entry : latest.entrySet()) {
            byte[] value = entry.getValue().value();
            if (value == null) {
                continue;
            }
            Optional<LabelledExample> example = example(entry.getKey(), value);
            Optional<LabelledExample> exported = example.flatMap(e -> options.apply(e, taxonomy));
            if (exported.isPresent()) {
                examples++;
                file.writeBytes(Json.bytes(exported.get()));
                file.write('\n');
            } else if (example.isPresent()) {
                excluded++;
            } else {
                unreadable++;
            }
        }
        return new Export(file.toByteArray(), examples, excluded, unreadable);
    }

    /** The example under a key; empty if it is none, or has no label. */
    private Optional<LabelledExample> example(String id, byte[] value) {
        try {
            JsonNode json = Json.tree(value);
            if (json instanceof ObjectNode object) {
                object.put("id", id);
            }
            return Optional.of(LabelledExample.fromJson(json, taxonomy.headNames()))
                    .filter(example -> !example.labels().isEmpty());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
