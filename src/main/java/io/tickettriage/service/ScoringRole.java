package io.tickettriage.service;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.scoring.ScoringMeters;
import io.tickettriage.scoring.ScoringTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.apache.kafka.streams.Topology;

/** The scoring role: {@code tickets.raw} to the queues. */
final class ScoringRole implements RoleDefinition {
    @Override
    public List<String> topics(TopicNames names, SortedSet<String> queues) {
        List<String> topics =
                new ArrayList<>(List.of(names.raw(), names.scored(), names.dlq(), names.shadow(), names.models()));
        queues.forEach(queue -> topics.add(names.queue(queue)));
        return topics;
    }

    @Override
    public Topology topology(RoleContext context) {
        return ScoringTopology.build(
                context.names(),
                context.queues(),
                () -> context.scoring().newScorers(context.activeModel(), context.shadow()),
                new ScoringMeters(context.registry(), context.queues()));
    }
}
