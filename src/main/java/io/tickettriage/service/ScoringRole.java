package io.tickettriage.service;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.scoring.ScoringMeters;
import io.tickettriage.scoring.ScoringTopics;
import io.tickettriage.scoring.ScoringTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.apache.kafka.streams.Topology;

/** The scoring role: {@code tickets.raw} to the queues. */
final class ScoringRole implements RoleDefinition {
    @Override
    public List<String> topics(TopicNames names, SortedSet<String> queues) {
        List<String> topics = new ArrayList<>(scoringTopics(names, queues).all());
        topics.add(names.models());
        return topics;
    }

    @Override
    public Topology topology(RoleContext context) {
        ScoringTopics topics = scoringTopics(context.names(), context.queues());
        return ScoringTopology.build(
                topics,
                () -> context.scoring().newScorers(context.activeModel(), context.shadow()),
                new ScoringMeters(context.registry(), topics.queues()));
    }

    private static ScoringTopics scoringTopics(TopicNames names, SortedSet<String> queues) {
        return new ScoringTopics(names.raw(), names.scored(), names.dlq(), names.shadow(), names.queuePrefix(), queues);
    }
}
