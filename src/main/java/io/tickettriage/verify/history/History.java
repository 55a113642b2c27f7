package io.tickettriage.verify.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.TopicNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * All committed records of the topics, each topic's partitions in the order of their offsets. What the input topics hold is
 * the truth about what was sent, so an unacknowledged send needs no guess. Every input carries an id of its own in the header
 * {@link #ID}, which outputs keep.
 */
public record History(TopicNames names, Map<String, List<ConsumerRecord<byte[], byte[]>>> topics) {
    /** The header with the id of an input. */
    public static final String ID = "verify-id";

    /** What the id of an input begins with: its topic, and whether it is one of the hostile ones. */
    public enum Source {
        TICKET("t"),
        SUBMISSION("c"),
        HOSTILE_TICKET("ht"),
        HOSTILE_SUBMISSION("hc"),
        /** What a foreign program writes to {@code tickets.scored}; never a scored ticket. */
        HOSTILE_SCORED("hs");

        private final String prefix;

        Source(String prefix) {
            this.prefix = prefix;
        }

        /** Marks a record as the {@code n}th of this source. */
        public void mark(ProducerRecord<byte[], byte[]> record, long n) {
            HeaderNames.set(record.headers(), ID, prefix + "-" + n);
        }

        /** Whether a record comes from here, itself or its input. */
        public boolean is(ConsumerRecord<?, ?> record) {
            return id(record).startsWith(prefix + "-");
        }
    }

    public History {
        topics = new TreeMap<>(topics);
    }

    /** The id of a record's input; empty where it has none. */
    static String id(ConsumerRecord<?, ?> record) {
        return HeaderNames.text(record.headers(), ID);
    }

    /** The records of a topic, none where it has none. */
    public List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.getOrDefault(topic, List.of());
    }

    public List<ConsumerRecord<byte[], byte[]>> raw() {
        return of(names.raw());
    }

    public List<ConsumerRecord<byte[], byte[]>> submissions() {
        return of(names.correctionsSubmitted());
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return of(names.dlq());
    }

    /** What the scoring role has written to {@code tickets.scored}. */
    public List<ConsumerRecord<byte[], byte[]>> scored() {
        return of(names.scored()).stream()
                .filter(record -> !Source.HOSTILE_SCORED.is(record))
                .toList();
    }

    /** What others have written there. */
    public List<ConsumerRecord<byte[], byte[]>> hostileScored() {
        return of(names.scored()).stream().filter(Source.HOSTILE_SCORED::is).toList();
    }

    /** The records of all queues. */
    public List<ConsumerRecord<byte[], byte[]>> queued() {
        return topics.entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(names.queuePrefix()))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .toList();
    }

    /** The last example of each ticket; empty for one that was taken back. */
    public Map<String, Optional<byte[]>> examples() {
        Map<String, Optional<byte[]>> examples = new TreeMap<>();
        of(names.corrections())
                .forEach(record -> examples.put(new String(record.key(), UTF_8), Optional.ofNullable(record.value())));
        return examples;
    }

    /** Everything that came out: when something did, the program made progress. */
    Stream<ConsumerRecord<byte[], byte[]>> outputs() {
        List<ConsumerRecord<byte[], byte[]>> outputs = new ArrayList<>(queued());
        outputs.addAll(deadLetters());
        return outputs.stream();
    }
}
