package io.tickettriage.service;

import io.tickettriage.corrections.BoundedRocksDb;
import io.tickettriage.corrections.CorrectionsMeters;
import io.tickettriage.corrections.CorrectionsTopology;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.message.Routing;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.scoring.ScoringMeters;
import io.tickettriage.scoring.ScoringTopology;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The roles a process can run, and the topics each needs. */
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
        Optional<StreamsPart> streams() {
            return Optional.of(new StreamsPart(Role::scoring, Map.of()));
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
        Stream<String> inputs(TopicNames names) {
            return Stream.of(names.correctionsSubmitted(), names.scored());
        }

        @Override
        Optional<StreamsPart> streams() {
            return Optional.of(new StreamsPart(
                    Role::corrections,
                    Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class)));
        }
    },
    /** The page for reviewers: reads what the others write, and writes claims and submissions. */
    DESK {
        @Override
        Stream<String> topics(TopicNames names, SortedSet<String> queues) {
            return Stream.of(
                    names.queue(Routing.REVIEW),
                    names.scored(),
                    names.correctionsSubmitted(),
                    names.corrections(),
                    names.claims(),
                    names.models());
        }

        @Override
        Stream<String> inputs(TopicNames names) {
            return Stream.of();
        }
    };

    /** How a role runs in Kafka Streams: its topology, and the settings that it alone needs. */
    record StreamsPart(Build build, Map<String, Object> settings) {
        /** Builds the topology. */
        interface Build {
            Topology topology(RoleContext context, Quarantine quarantine) throws IOException;
        }
    }

    /** The topics it needs, under their names in the cluster. */
    abstract Stream<String> topics(TopicNames names, SortedSet<String> queues);

    /** Checks of its topics more than that they exist. */
    void verify(TopicAdmin admin, TopicNames names) throws IOException {}

    /** Those of its topics that others write to and it processes, each record once. */
    abstract Stream<String> inputs(TopicNames names);

    /** Its part in Kafka Streams; empty for a role that processes nothing. */
    Optional<StreamsPart> streams() {
        return Optional.empty();
    }

    private static Topology scoring(RoleContext context, Quarantine quarantine) {
        return ScoringTopology.build(
                context.names(),
                context.queues(),
                () -> context.scoring().newScorers(context.activeModel(), context.shadow()),
                new ScoringMeters(context.registry(), context.queues()),
                quarantine);
    }

    private static Topology corrections(RoleContext context, Quarantine quarantine) throws IOException {
        return CorrectionsTopology.build(
                context.names(),
                context.correctionDecoder(),
                context.corrections().retention(),
                new CorrectionsMeters(context.registry(), context.taxonomy()),
                quarantine);
    }

    /** Its name on the command line and in the application id. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
