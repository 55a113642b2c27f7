package io.tickettriage.service;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.corrections.BoundedRocksDb;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.CorrectionsMeters;
import io.tickettriage.corrections.CorrectionsTopology;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.scoring.ScoringMeters;
import io.tickettriage.scoring.ScoringTopology;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The roles a process can run, each a topology of its own and the topics it needs. */
public enum Role {
    /** Decode, score, route: {@code tickets.raw} to the queues. */
    SCORING {
        @Override
        Stream<String> topics(TopicNames names, SortedSet<String> queues) {
            return Stream.concat(
                    Stream.of(names.raw(), names.scored(), names.dlq(), names.shadow(), names.models()),
                    queues.stream().map(names::queue));
        }

        @Override
        Stream<String> inputs(TopicNames names) {
            return Stream.of(names.raw());
        }

        @Override
        Topology topology(RoleContext context, Quarantine quarantine) {
            return ScoringTopology.build(
                    context.names(),
                    context.queues(),
                    () -> context.scoring().newScorers(context.activeModel(), context.shadow()),
                    new ScoringMeters(context.registry(), context.queues()),
                    quarantine);
        }
    },
    /** Validate submissions, join them with scored tickets: to {@code tickets.corrections}. */
    CORRECTIONS {
        @Override
        Stream<String> topics(TopicNames names, SortedSet<String> queues) {
            return Stream.of(names.correctionsSubmitted(), names.scored(), names.corrections(), names.dlq());
        }

        @Override
        void verify(TopicAdmin admin, TopicNames names) throws IOException {
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
        Map<String, Object> streamsSettings() {
            return Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        }

        @Override
        Stream<String> inputs(TopicNames names) {
            return Stream.of(names.correctionsSubmitted(), names.scored());
        }

        @Override
        Topology topology(RoleContext context, Quarantine quarantine) throws IOException {
            CorrectionsConfig config = context.corrections();
            Taxonomy taxonomy = ConfigFiles.read(config.taxonomyFile(), Taxonomy::read);
            return CorrectionsTopology.build(
                    context.names(),
                    new CorrectionDecoder(taxonomy, context.scoring().config().maxTicketBytes()),
                    config.retention(),
                    new CorrectionsMeters(context.registry(), taxonomy),
                    quarantine);
        }
    };

    /** The topics it needs, under their names in the cluster. */
    abstract Stream<String> topics(TopicNames names, SortedSet<String> queues);

    /** Checks of its topics more than that they exist. */
    void verify(TopicAdmin admin, TopicNames names) throws IOException {}

    /** Settings of Kafka Streams that this role alone needs. */
    Map<String, Object> streamsSettings() {
        return Map.of();
    }

    /** Those of its topics that others write to and it reads. */
    abstract Stream<String> inputs(TopicNames names);

    abstract Topology topology(RoleContext context, Quarantine quarantine) throws IOException;

    /** Its name on the command line and in the application id. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
