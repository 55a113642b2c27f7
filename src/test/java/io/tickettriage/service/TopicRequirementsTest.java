package io.tickettriage.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicCatalogue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicRequirementsTest {
    private static final TopicNames NAMES = new TopicNames("eu.", "");

    private final TopicRequirements requirements = new TopicRequirements(NAMES);

    @Test
    void shouldBeMetByTheCatalogue() throws IOException {
        List<ClusterTopic> topics = TopicCatalogue.bundled().topics(NAMES).stream()
                .filter(topic -> !topic.name().equals(NAMES.drift())) // No role writes it yet.
                .map(topic -> topic(topic.name(), topic.configs()))
                .toList();

        assertThat(requirements.problems(topics)).isEmpty();
    }

    @Test
    void shouldNameEveryTopicAndSettingThatIsNotAsNeeded() {
        List<ClusterTopic> topics = List.of(
                topic(NAMES.raw(), Map.of("message.timestamp.type", "CreateTime")),
                topic(NAMES.scored(), Map.of()),
                topic(NAMES.dlq(), Map.of("message.timestamp.type", "CreateTime", "max.message.bytes", "1000")));

        assertThat(requirements.problems(topics))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .startsWith("eu.tickets.raw has message.timestamp.type=CreateTime, expected Log"),
                        p -> assertThat(p)
                                .startsWith("eu.tickets.scored has max.message.bytes=1048588, expected at least"),
                        p -> assertThat(p).startsWith("eu.tickets.dlq has message.timestamp.type=CreateTime"),
                        p -> assertThat(p).startsWith("eu.tickets.dlq has max.message.bytes=1000"));
    }

    /** A topic as the broker's defaults have it, and {@code configs}. */
    private static ClusterTopic topic(String name, Map<String, String> configs) {
        Map<String, String> all =
                new HashMap<>(Map.of("message.timestamp.type", "LogAppendTime", "max.message.bytes", "1048588"));
        all.putAll(configs);
        return new ClusterTopic(name, 6, 1, all);
    }
}
