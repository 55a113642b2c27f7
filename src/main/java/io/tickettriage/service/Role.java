package io.tickettriage.service;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.SettingKeys;
import io.tickettriage.corrections.CorrectionDecoder;
import io.tickettriage.corrections.CorrectionsMeters;
import io.tickettriage.corrections.CorrectionsTopology;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.scoring.ScoringMeters;
import io.tickettriage.scoring.ScoringTopology;
import io.tickettriage.scoring.ShadowScorer;
import io.tickettriage.taxonomy.Taxonomy;
import io.tickettriage.topics.ClusterTopic;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.streams.Topology;

/** The roles a process can run, each a topology of its own. */
public enum Role {
    /** Decode, score, route. */
    SCORING {
        @Override
        List<String> topics(TopicNames names, SortedSet<String> queues) {
            List<String> topics =
                    new ArrayList<>(List.of(names.raw(), names.scored(), names.dlq(), names.shadow(), names.models()));
            queues.forEach(queue -> topics.add(names.queue(queue)));
            return topics;
        }

        @Override
        Topology topology(RoleContext context) {
            return ScoringTopology.build(
                    context.names(),
                    context.queues(),
                    () -> new ScoringTopology.Scorers(
                            context.scoring()
                                    .newScorer(
                                            context.activeModel(),
                                            context.scoring().outputOptions()),
                            new ShadowScorer(
                                    context.shadow(),
                                    context.scoring().rules(),
                                    context.settings().get(SettingKeys.SHADOW_SAMPLE))),
                    new ScoringMeters(context.registry(), context.queues()));
        }
    },

    /** Validate submissions, join them with scored tickets. */
    CORRECTIONS {
        @Override
        List<String> topics(TopicNames names, SortedSet<String> queues) {
            return List.of(names.correctionsSubmitted(), names.scored(), names.corrections(), names.dlq());
        }

        @Override
        void verify(TopicAdmin admin, TopicNames names) throws IOException {
            Map<String, ClusterTopic> found = admin.find(List.of(names.scored(), names.correctionsSubmitted()));
            List<String> counts = found.values().stream()
                    .map(topic -> topic.name() + " has " + topic.partitions() + " partitions")
                    .toList();
            if (found.values().stream().map(ClusterTopic::partitions).distinct().count() > 1) {
                throw new IOException(String.join(" and ", counts)
                        + "; the corrections role joins the two, so they must have equally many: create the one with"
                        + " fewer anew, or add partitions to it before anything is in it");
            }
        }

        @Override
        Topology topology(RoleContext context) throws IOException {
            TopicNames names = context.names();
            Taxonomy taxonomy = taxonomy(context.settings().get(SettingKeys.TAXONOMY_FILE));
            return CorrectionsTopology.build(
                    names,
                    new CorrectionDecoder(taxonomy, context.scoring().maxTicketBytes()),
                    context.settings().get(SettingKeys.CORRECTIONS_RETENTION),
                    new CorrectionsMeters(context.registry(), taxonomy));
        }
    };

    /** Its name on the command line and in the application id. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The topics it needs. */
    abstract List<String> topics(TopicNames names, SortedSet<String> queues);

    /** Checks what a list of topics cannot say. */
    void verify(TopicAdmin admin, TopicNames names) throws IOException {}

    /** Its topology. */
    abstract Topology topology(RoleContext context) throws IOException;

    /** Reads the configured taxonomy. */
    public static Taxonomy taxonomy(String file) throws IOException {
        try (InputStream yaml = ConfigFiles.open(file)) {
            return Taxonomy.read(yaml, file);
        }
    }
}
