package io.tickettriage.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.topics.TopicChange.AddPartitions;
import io.tickettriage.topics.TopicChange.ChangeReplication;
import io.tickettriage.topics.TopicChange.CreateTopic;
import io.tickettriage.topics.TopicChange.RemovePartitions;
import io.tickettriage.topics.TopicChange.Safety;
import io.tickettriage.topics.TopicChange.SetConfig;
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
        assertThat(diff.changes()).containsExactly(new CreateTopic(wanted));
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
        assertThat(between(spec(6, -1, Map.of()), actual(3, 1, Map.of("cleanup.policy", "delete"))))
                .containsExactly(new AddPartitions("t", 3, 6, false));
        TopicDiff fewer = TopicDiff.between(List.of(spec(3, -1, Map.of())), Map.of("t", actual(6, 1, Map.of())));
        assertThat(fewer.changes()).containsExactly(new RemovePartitions("t", 6, 3));
        assertThat(fewer.applicable(true)).isEmpty();
    }

    @Test
    void shouldHoldBackPartitionsOfACompactedTopic() {
        TopicDiff diff = TopicDiff.between(
                List.of(spec(6, -1, Map.of())), Map.of("t", actual(3, 1, Map.of("cleanup.policy", "compact"))));
        assertThat(diff.changes()).extracting(TopicChange::safety).containsExactly(Safety.LOSES_DATA);
        assertThat(diff.applicable(false)).isEmpty();
        assertThat(diff.applicable(true)).hasSize(1);
    }

    @Test
    void shouldReportReplicasWithoutEverChangingThem() {
        TopicDiff diff = TopicDiff.between(List.of(spec(1, 3, Map.of())), Map.of("t", actual(1, 1, Map.of())));
        assertThat(diff.changes()).containsExactly(new ChangeReplication("t", 1, 3));
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
        List<TopicChange> changes = between(spec(1, -1, Map.of(config, to)), actual(1, 1, Map.of(config, from)));
        assertThat(changes)
                .containsExactly(new SetConfig("t", config, from, to, safety == Safety.LOSES_DATA))
                .extracting(TopicChange::safety)
                .containsExactly(safety);
    }

    private static List<TopicChange> between(TopicSpec wanted, ClusterTopic actual) {
        return TopicDiff.between(List.of(wanted), Map.of("t", actual)).changes();
    }

    private static TopicSpec spec(int partitions, int replication, Map<String, String> configs) {
        return new TopicSpec("t", "a topic", "id", "bytes", partitions, (short) replication, configs);
    }

    private static ClusterTopic actual(int partitions, int replication, Map<String, String> configs) {
        return new ClusterTopic("t", partitions, replication, configs);
    }
}
