package io.tickettriage.desk;

import static io.tickettriage.desk.ScoredRecords.second;
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
        topics.updateBeginningOffsets(Map.of(REVIEW, 0L, SCORED, 0L));
        topics.updateEndOffsets(Map.of(REVIEW, 6L, SCORED, 0L));
        failures.put("T-2", 1);
        failures.put("T-4", Integer.MAX_VALUE);
        topics.schedulePollTask(() -> {
            for (int i = 0; i < 6; i++) {
                topics.addRecord(at(i, records.review("T-" + i, "refund", i)));
            }
        });
        // The mock forgets what it has handed out: a consumer would fetch it again from where it was sought to.
        topics.schedulePollTask(() -> again(topics, 2));
        topics.schedulePollTask(() -> again(topics, 4));
        topics.schedulePollTask(() -> again(topics, 5));
        DeskFollower.Reading reading =
                new DeskFollower.Reading(Set.of(REVIEW.topic()), SCORED.topic(), 100, Duration.ofDays(7));
        try (DeskFollower follower =
                new DeskFollower(topics, reading, view, this::changed, InstantSource.fixed(second(60)))) {
            follower.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> follower.problem().isEmpty());
        }
        assertThat(seen).contains("T-0", "T-1", "T-2", "T-3", "T-5").doesNotContain("T-4");
    }

    @Test
    void shouldBeUpToDateOnceItHasReadWhatWasThereThoughTicketsGoOnComing() {
        Topics topics = new Topics();
        topics.updateBeginningOffsets(Map.of(REVIEW, 0L, SCORED, 0L));
        topics.updateEndOffsets(Map.of(REVIEW, 6L, SCORED, 0L));
        topics.schedulePollTask(() -> {
            again(topics, 0);
            topics.updateEndOffsets(Map.of(REVIEW, 1_000L, SCORED, 1_000L));
        });
        DeskFollower.Reading reading =
                new DeskFollower.Reading(Set.of(REVIEW.topic()), SCORED.topic(), 100, Duration.ofDays(7));
        try (DeskFollower follower =
                new DeskFollower(topics, reading, view, this::changed, InstantSource.fixed(second(60)))) {
            follower.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> follower.problem().isEmpty());
        }
        assertThat(seen).contains("T-0", "T-5");
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
        for (int i = from; i < 6; i++) {
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
