package io.tickettriage.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tickettriage.topics.TopicChange.Kind;
import io.tickettriage.topics.TopicChange.Safety;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicDiffTest {
    @Test
    void shouldCreateAMissingTopic() {
        TopicSpec wanted = spec(6, -1, Map.of());
        TopicDiff diff = TopicDiff.between(List.of(wanted), Map.of());
        assertThat(diff.changes())
                .containsExactly(new TopicChange(Kind.CREATE, wanted, "", Safety.SAFE, "create with 6 partitions"));
        assertThat(diff.applicable(false)).hasSize(1);
    }

    @Test
    void shouldFindNothingWhereTheClusterIsAsWanted() {
        assertThat(between(
                        spec(6, -1, Map.of("cleanup.policy", "compact,delete")),
                        actual(6, 3, Map.of("cleanup.policy", "delete,compact", "segment.bytes", "1000"))))
                .isEmpty();
    }

    @Test
    void shouldAddPartitionsButNeverRemoveThem() {
        TopicSpec wanted = spec(6, -1, Map.of());
        assertThat(between(wanted, actual(3, 1, Map.of("cleanup.policy", "delete"))))
                .containsExactly(
                        new TopicChange(Kind.ADD_PARTITIONS, wanted, "", Safety.SAFE, "add partitions: 3 -> 6"));
        TopicDiff fewer = TopicDiff.between(List.of(spec(3, -1, Map.of())), Map.of("t", actual(6, 1, Map.of())));
        assertThat(fewer.changes())
                .extracting(TopicChange::safety, TopicChange::description)
                .containsExactly(
                        tuple(
                                Safety.IMPOSSIBLE,
                                "remove partitions: 6 -> 3 (Kafka never does; set the catalogue to 6, or copy to a new topic)"));
        assertThat(fewer.applicable(true)).isEmpty();
    }

    @Test
    void shouldRefuseToAddPartitionsToATopicThatIsJoined() {
        TopicSpec joined = new TopicSpec("t", "a topic", "id", "bytes", 12, (short) -1, true, Map.of());

        TopicDiff diff = TopicDiff.between(List.of(joined), Map.of("t", actual(6, 1, Map.of())));

        assertThat(diff.changes()).extracting(TopicChange::safety).containsExactly(Safety.IMPOSSIBLE);
        assertThat(diff.changes().get(0).description()).contains("6 -> 12", "joins", "docs/operations.md");
        assertThat(diff.applicable(true)).isEmpty();
    }

    @Test
    void shouldHoldBackPartitionsOfACompactedTopic() {
        TopicDiff diff = TopicDiff.between(
                List.of(spec(6, -1, Map.of())), Map.of("t", actual(3, 1, Map.of("cleanup.policy", "compact"))));
        assertThat(diff.changes())
                .extracting(TopicChange::safety, TopicChange::description)
                .containsExactly(
                        tuple(
                                Safety.LOSES_DATA,
                                "add partitions: 3 -> 6 (keys move, and the old rows of a compacted topic stay where they were)"));
        assertThat(diff.applicable(false)).isEmpty();
        assertThat(diff.applicable(true)).hasSize(1);
    }

    @Test
    void shouldReportReplicasWithoutEverChangingThem() {
        TopicDiff diff = TopicDiff.between(List.of(spec(1, 3, Map.of())), Map.of("t", actual(1, 1, Map.of())));
        assertThat(diff.changes())
                .extracting(TopicChange::safety, TopicChange::description)
                .containsExactly(tuple(
                        Safety.IMPOSSIBLE, "change replicas: 1 -> 3 (use Kafka's own kafka-reassign-partitions)"));
        assertThat(diff.applicable(true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 1000, 999, LOSES_DATA",
        "retention.ms, 1000, 1001, SAFE",
        "retention.ms, 1000, -1, SAFE",
        "retention.ms, -1, 1000, LOSES_DATA",
        "retention.bytes, -1, 1000, LOSES_DATA",
        "retention.bytes, 1000, 2000, SAFE",
        "cleanup.policy, delete, compact, LOSES_DATA",
        "cleanup.policy, compact, delete, LOSES_DATA",
        "max.message.bytes, 1048588, 4194304, SAFE",
        "message.timestamp.type, CreateTime, LogAppendTime, SAFE",
    })
    void shouldTellWhichSettingsLoseData(String config, String from, String to, Safety safety) {
        TopicSpec wanted = spec(1, -1, Map.of(config, to));
        String cost = safety == Safety.LOSES_DATA ? " (stored records may go)" : "";
        assertThat(between(wanted, actual(1, 1, Map.of(config, from))))
                .containsExactly(new TopicChange(
                        Kind.SET_CONFIG, wanted, config, safety, "set " + config + ": " + from + " -> " + to + cost));
    }

    private static List<TopicChange> between(TopicSpec wanted, ClusterTopic actual) {
        return TopicDiff.between(List.of(wanted), Map.of("t", actual)).changes();
    }

    private static TopicSpec spec(int partitions, int replication, Map<String, String> configs) {
        return new TopicSpec("t", "a topic", "id", "bytes", partitions, (short) replication, false, configs);
    }

    private static ClusterTopic actual(int partitions, int replication, Map<String, String> configs) {
        return new ClusterTopic("t", partitions, replication, configs);
    }
}
