package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.text.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns {@code tickets.corrections} into {@code corrections.jsonl}: one line per ticket, sorted by id.
 *
 * <p>Compaction never touches a topic's newest segment, so the last value per key is kept here, and tombstones are
 * dropped here. The same topic gives the same bytes.
 */
public final class CorrectionsExport {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final boolean redact;
    private final Set<String> excludedSubmitters;
    private final SortedMap<String, byte[]> examples = new TreeMap<>();
    private long unreadable;

    /**
     * An export that has read nothing yet.
     *
     * @param consumer reads committed records, without a group; not closed here
     * @param partitions all partitions of the topic
     * @param redact whether e-mail addresses and long numbers are taken out of the texts
     * @param excludedSubmitters whose labels are left out; an example without labels is left out whole
     */
    public CorrectionsExport(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            boolean redact,
            Set<String> excludedSubmitters) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
        this.redact = redact;
        this.excludedSubmitters = Set.copyOf(excludedSubmitters);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads to the end the topic has now, and says whether anything was new. The position is compared with the end:
     * transaction markers take offsets that no record has.
     */
    public boolean readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean changed = false;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.key() == null) {
                    unreadable++;
                    continue;
                }
                changed = true;
                String id = new String(record.key(), UTF_8);
                if (record.value() == null) {
                    examples.remove(id);
                } else {
                    examples.put(id, record.value());
                }
            }
        }
        return changed;
    }

    /** The file: one example a line, sorted by id. */
    public byte[] toJsonLines() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (String line : lines()) {
            file.writeBytes(line.getBytes(UTF_8));
            file.write('\n');
        }
        return file.toByteArray();
    }

    /** How many examples there are, before exclusion. */
    public int size() {
        return examples.size();
    }

    /** How many records were no examples and are not in the file. */
    public long unreadable() {
        return unreadable;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(examples.size());
        unreadable = 0;
        for (byte[] value : examples.values()) {
            try {
                JsonNode json = JSON.readTree(value);
                if (!(json instanceof ObjectNode example)
                        || !example.path("text").isTextual()) {
                    unreadable++;
                } else if (keep(example)) {
                    lines.add(JSON.writeValueAsString(example));
                }
            } catch (IOException e) {
                unreadable++;
            }
        }
        return lines;
    }

    /** Applies exclusion and redaction; says whether any label is left. */
    private boolean keep(ObjectNode example) {
        boolean labelled = !example.path("corrected").properties().isEmpty();
        List<String> excluded = new ArrayList<>();
        example.path("corrected").properties().forEach(head -> {
            if (excludedSubmitters.contains(head.getValue().path("by").asText())) {
                excluded.add(head.getKey());
            }
        });
        for (String head : excluded) {
            example.remove(head);
            example.withObject("/corrected").remove(head);
        }
        if (redact) {
            example.put("text", Redaction.redact(example.path("text").asText()));
        }
        return !labelled || !example.path("corrected").properties().isEmpty();
    }
}
