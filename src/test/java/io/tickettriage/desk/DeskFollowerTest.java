package io.tickettriage.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Errors, such as too little memory, in the middle of what a poll brought. */
class DeskFollowerTest {
    private static final TopicNames NAMES = TopicNames.PLAIN;
    private static final TopicPartition REVIEW = new TopicPartition(NAMES.queue("review"), 0);
    private static final TopicPartition SCORED = new TopicPartition(NAMES.scored(), 0);

    private final ScoredRecords records = new ScoredRecords();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final DeskView view = Views.empty();

    /** What the mock of the library leaves out. */
    private static final class Topics extends MockConsumer<byte[], byte[]> {
        Topics() {
            super("earliest");
            for (TopicPartition partition : List.of(REVIEW, SCORED)) {
                Node[] none = {};
                updateBeginningOffsets(Map.of(partition, 0L));
                updateEndOffsets(Map.of(partition, partition.equals(REVIEW) ? 6L : 0L));
                updatePartitions(
                        partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), none, none)));
            }
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
            times.forEach((partition, time) -> offsets.put(partition, new OffsetAndTimestamp(0, time)));
            return offsets;
        }
    }

    @Test
    void shouldReadEveryRecordThoughAnErrorComesBetweenAndPassByTheOneThatFailsAgain() {
        Topics topics = new Topics();
        failures.put("T-2", 1);
        failures.put("T-4", Integer.MAX_VALUE);
        topics.schedulePollTask(() -> again(topics, 0));
        // The mock forgets what it has handed out: a consumer would fetch it again from where it was sought to.
        topics.schedulePollTask(() -> again(topics, 2));
        topics.schedulePollTask(() -> again(topics, 4));
        topics.schedulePollTask(() -> again(topics, 5));
        followUntilUpToDate(topics);
        assertThat(seen).contains("T-0", "T-1", "T-2", "T-3", "T-5").doesNotContain("T-4");
    }

    @Test
    void shouldBeUpToDateOnceItHasReadWhatWasThereThoughTicketsGoOnComing() {
        Topics topics = new Topics();
        topics.schedulePollTask(() -> {
            again(topics, 0);
            topics.updateEndOffsets(Map.of(REVIEW, 1_000L, SCORED, 1_000L));
        });
        followUntilUpToDate(topics);
        assertThat(seen).contains("T-0", "T-5");
    }

    /** Else it would wait for what nobody will write any more. */
    @Test
    void shouldBeUpToDateWhereATopicIsShorterThanItWasAtTheStart() {
        Topics topics = new Topics();
        topics.schedulePollTask(() -> {
            again(topics, 0, 3);
            topics.updateEndOffsets(Map.of(REVIEW, 3L));
        });
        followUntilUpToDate(topics);
        assertThat(seen).containsExactlyInAnyOrder("T-0", "T-1", "T-2");
    }

    private void followUntilUpToDate(Topics topics) {
        DeskFollower.Reading reading =
                new DeskFollower.Reading(Set.of(REVIEW.topic()), SCORED.topic(), 100, Duration.ofDays(7));
        try (DeskFollower follower = new DeskFollower(topics, reading, view, this::changed, InstantSource.system())) {
            follower.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> follower.problem().isEmpty());
        }
    }

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private void changed(DeskView.Changes changes) {
        for (TicketChange change : changes.tickets()) {
            int left = failures.merge(change.id(), -1, Integer::sum);
            if (left >= 0) {
                throw new OutOfMemoryError("a test");
            }
            seen.add(change.id());
        }
    }

    private void again(Topics topics, int from) {
        again(topics, from, 6);
    }

    private void again(Topics topics, int from, int to) {
        for (int i = from; i < to; i++) {
            topics.addRecord(at(i, records.review("T-" + i, "refund", i)));
        }
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                offset,
                record.timestamp(),
                record.timestampType(),
                record.key().length,
                record.value().length,
                record.key(),
                record.value(),
                record.headers(),
                record.leaderEpoch());
    }
}
