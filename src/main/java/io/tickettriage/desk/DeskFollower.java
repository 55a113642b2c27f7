package io.tickettriage.desk;

import io.tickettriage.desk.DeskView.Changes;
import io.tickettriage.kafka.FollowerThread;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the desk's topics into its view, committed records only, on a thread of its own and without a group: every instance
 * reads everything, so that any of them can answer any person.
 *
 * <p>It starts as far back as tickets are kept, and in {@code tickets.scored} at most so many records before its end as the
 * view keeps.
 */
final class DeskFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeskFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    /** Takes what a record changed, once the view has it. Called on the follower's thread. */
    interface Listener {
        void changed(Changes changes);
    }

    /**
     * What is read.
     *
     * @param topics those read from a time on
     * @param limited one more, of which only the last records are read
     * @param limit how many
     */
    record Reading(Set<String> topics, String limited, long limit, Duration window) {
        Set<String> all() {
            Set<String> all = new HashSet<>(topics);
            all.add(limited);
            return all;
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Reading reading;
    private final DeskView view;
    private final Listener listener;
    private final InstantSource clock;
    private final FollowerThread thread;
    private final Set<TopicPartition> assigned = new HashSet<>();
    /** Where the topics ended when they were assigned: where tickets come all the time, their end is never reached. */
    private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();

    private Instant looked = Instant.MIN;
    private String failedBefore = "";

    private volatile boolean caughtUp;
    private volatile long lag;

    /** A follower that has not started; it owns the consumer and closes it. */
    DeskFollower(
            Consumer<byte[], byte[]> consumer, Reading reading, DeskView view, Listener listener, InstantSource clock) {
        this.consumer = consumer;
        this.reading = reading;
        this.view = view;
        this.listener = listener;
        this.clock = clock;
        this.thread = new FollowerThread(
                "desk follower",
                consumer,
                "read the desk's topics",
                () -> "the desk shows what it has read before",
                this::takeTurn,
                clock);
    }

    void start() {
        thread.start();
    }

    /** Why the view is not up to date; empty while it is. */
    Optional<String> problem() {
        Optional<String> problem = thread.problem();
        return problem.isPresent() || caughtUp
                ? problem
                : Optional.of("the desk still reads its topics, " + lag + " offsets to go");
    }

    /** How many offsets of its topics it had not read when it last looked. */
    long lag() {
        return lag;
    }

    private void takeTurn(boolean afterFailure) {
        Instant now = clock.instant();
        if (afterFailure || now.isAfter(looked.plus(BETWEEN_LOOKS))) {
            look(now);
            looked = now;
        }
        apply(consumer.poll(POLL));
        if (!caughtUp && remaining(endsAtStart) == 0) {
            LOG.info("the desk has read its topics: {} open review tickets", openTickets());
            caughtUp = true;
        }
    }

    /** An error, such as too little memory, loses nothing: the records are read again, all but one that has failed twice. */
    private void apply(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, Long> next = new HashMap<>();
        records.partitions()
                .forEach(partition ->
                        next.put(partition, records.records(partition).get(0).offset()));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            try {
                apply(record);
            } catch (Error e) {
                next.put(partition, record.offset());
                String failed = SourcePosition.of(record).toString();
                if (failed.equals(failedBefore)) {
                    next.put(partition, record.offset() + 1);
                    LOG.warn("the desk passes by {}, which has failed twice: {}", failed, e.toString());
                }
                failedBefore = failed;
                next.forEach(consumer::seek);
                throw e;
            }
            next.put(partition, record.offset() + 1);
        }
    }

    private int openTickets() {
        return view.read(state -> state.open().size());
    }

    /** A poll alone does not say that a broker or a topic is gone, nor that a topic has more partitions. */
    private void look(Instant now) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : reading.all()) {
            List<TopicPartition> found = consumer.partitionsFor(topic, ANSWER_TIMEOUT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (found.isEmpty()) {
                throw new UnknownTopicOrPartitionException("the topic " + topic + " does not exist");
            }
            partitions.addAll(found);
        }
        if (!partitions.equals(assigned)) {
            assign(partitions, now);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned, ANSWER_TIMEOUT);
        // A topic that was made anew is shorter.
        endsAtStart.replaceAll((partition, end) -> Math.min(end, ends.getOrDefault(partition, end)));
        lag = remaining(ends);
        view.tidy(now);
    }

    private void assign(Set<TopicPartition> partitions, Instant now) {
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(added, ANSWER_TIMEOUT);
        endsAtStart.keySet().retainAll(partitions);
        endsAtStart.putAll(ends);
        Map<TopicPartition, Long> starts =
                new HashMap<>(TopicReader.offsetsAt(consumer, now.minus(reading.window()), ends));
        long limitedPartitions = partitions.stream()
                .filter(partition -> partition.topic().equals(reading.limited()))
                .count();
        starts.replaceAll((partition, offset) -> partition.topic().equals(reading.limited())
                ? Math.max(offset, ends.getOrDefault(partition, 0L) - reading.limit() / limitedPartitions)
                : offset);
        Map<TopicPartition, Long> positions = positions(assigned, partitions);
        consumer.assign(partitions);
        positions.forEach(consumer::seek);
        starts.forEach(consumer::seek);
        assigned.clear();
        assigned.addAll(partitions);
    }

    private Map<TopicPartition, Long> positions(Collection<TopicPartition> before, Set<TopicPartition> after) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        before.stream()
                .filter(after::contains)
                .forEach(partition -> positions.put(partition, consumer.position(partition, ANSWER_TIMEOUT)));
        return positions;
    }

    private long remaining(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey(), ANSWER_TIMEOUT)))
                .sum();
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            listener.changed(view.apply(record));
        } catch (IOException | RuntimeException e) { // Others write to these topics, too.
            // What the parser says of it may quote the record.
            LOG.warn(
                    "the desk passes by {}: {}",
                    SourcePosition.of(record),
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
