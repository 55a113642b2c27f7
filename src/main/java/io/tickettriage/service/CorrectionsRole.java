package io.tickettriage.service;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.CorrectionsMeters;
import io.tickettriage.corrections.CorrectionsTopology;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;

/** The corrections role: submissions and scored tickets to {@code tickets.corrections}. */
final class CorrectionsRole implements RoleDefinition {
    @Override
    public List<String> topics(TopicNames names, SortedSet<String> queues) {
        return List.of(names.correctionsSubmitted(), names.scored(), names.corrections(), names.dlq());
    }

    @Override
    public void verify(TopicAdmin admin, TopicNames names) throws IOException {
        Collection<ClusterTopic> joined = admin.find(List.of(names.scored(), names.correctionsSubmitted()))
                .values();
        if (joined.stream().map(ClusterTopic::partitions).distinct().count() > 1) {
            String counts = joined.stream()
                    .map(topic -> topic.name() + " has " + topic.partitions() + " partitions")
                    .collect(Collectors.joining(" and "));
            throw new IOException(counts
                    + "; the corrections role joins the two, so they must have equally many: create the one with"
                    + " fewer anew, or add partitions to it before anything is in it");
        }
    }

    @Override
    public Topology topology(RoleContext context) throws IOException {
        CorrectionsConfig config = context.corrections();
        Taxonomy taxonomy = ConfigFiles.read(config.taxonomyFile(), Taxonomy::read);
        return CorrectionsTopology.build(
                context.names(),
                new CorrectionDecoder(taxonomy, context.scoring().maxTicketBytes()),
                config.retention(),
                new CorrectionsMeters(context.registry(), taxonomy));
    }
}
