package io.tickettriage.topics;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.TopicChange.AddPartitions;
import io.tickettriage.topics.TopicChange.CreateTopic;
import io.tickettriage.topics.TopicChange.SetConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads and changes the topics of one cluster. It creates and widens; it never deletes a topic.
 *
 * <p>Safe for use by several threads, and by several instances of the program at once.
 */
public final class TopicAdmin implements AutoCloseable {
    /** How long a cluster may take to answer before it counts as absent. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Admin admin;
    private final String bootstrap;

    /**
     * Works through a client that the caller has made; it is closed with this object.
     *
     * @param bootstrap for error messages
     */
    public TopicAdmin(Admin admin, String bootstrap) {
        this.admin = admin;
        this.bootstrap = bootstrap;
    }

    /**
     * Prepares a connection; the first question opens it.
     *
     * @param bootstrap {@code host:port}, several separated by commas
     * @param clientSettings further client settings by Kafka's names, such as those for security
     * @throws TopicsFailedException if an address or a setting is wrong
     */
    public static TopicAdmin connect(String bootstrap, Map<String, String> clientSettings)
            throws TopicsFailedException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
        // The client warns at each attempt; with its default of 50 ms an absent broker fills the screen.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 1_000);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        settings.putAll(clientSettings);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        try {
            return new TopicAdmin(Admin.create(settings), bootstrap);
        } catch (KafkaException e) {
            throw new TopicsFailedException("cannot connect to \"" + bootstrap + "\": " + rootMessage(e), e);
        }
    }

    /**
     * The topics of these names that exist, with everything that is set for them.
     *
     * @throws TopicsFailedException if the cluster does not answer, or refuses to
     */
    public SortedMap<String, ClusterTopic> find(Collection<String> names) throws TopicsFailedException {
        Map<String, TopicDescription> descriptions =
                answers(admin.describeTopics(names).topicNameValues());
        List<ConfigResource> resources = descriptions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        SortedMap<String, ClusterTopic> found = new TreeMap<>();
        // A topic that was deleted between the two questions has no configuration.
        answers(admin.describeConfigs(resources).values()).forEach((resource, config) -> {
            TopicDescription topic = descriptions.get(resource.name());
            if (topic != null) {
                found.put(topic.name(), clusterTopic(topic, config));
            }
        });
        return found;
    }

    /** The answers about the topics that exist. */
    private <K, T> Map<K, T> answers(Map<K, KafkaFuture<T>> futures) throws TopicsFailedException {
        Map<K, T> answers = new HashMap<>();
        for (Map.Entry<K, KafkaFuture<T>> future : futures.entrySet()) {
            await(future.getValue(), UnknownTopicOrPartitionException.class)
                    .ifPresent(answer -> answers.put(future.getKey(), answer));
        }
        return answers;
    }

    /**
     * What has to change so that the cluster is as wanted.
     *
     * @throws TopicsFailedException if the cluster does not answer, or refuses to
     */
    public TopicDiff diff(Collection<TopicSpec> wanted) throws TopicsFailedException {
        return TopicDiff.between(
                wanted, find(wanted.stream().map(TopicSpec::name).toList()));
    }

    /**
     * Applies the changes that may be applied and returns them, once the new topics are visible. What another instance
     * has done at the same moment counts as done.
     *
     * @param allowDataLoss whether to do also what loses data
     * @throws TopicsFailedException if the cluster does not answer, or refuses a change; earlier changes stay
     */
    public List<TopicChange> apply(TopicDiff diff, boolean allowDataLoss) throws TopicsFailedException {
        List<TopicChange> changes = diff.applicable(allowDataLoss);
        Map<String, Integer> partitions = new HashMap<>();
        for (TopicChange change : changes) {
            try {
                apply(change);
            } catch (TopicsFailedException e) {
                throw new TopicsFailedException(change.topic() + ": " + change.describe() + ": " + e.getMessage(), e);
            }
            if (change instanceof CreateTopic create) {
                partitions.put(change.topic(), create.spec().partitions());
            } else if (change instanceof AddPartitions add) {
                partitions.put(change.topic(), add.to());
            }
        }
        awaitVisible(partitions);
        return changes;
    }

    /**
     * Checks that topics exist.
     *
     * @param required under the names of the cluster
     * @param names how the cluster calls the topics of the catalogue
     * @throws TopicsFailedException if one does not; the message names every missing one and the command that creates them
     */
    public void verify(Collection<String> required, TopicNames names) throws TopicsFailedException {
        Set<String> existing = find(required).keySet();
        List<String> missing = required.stream()
                .filter(name -> !existing.contains(name))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new TopicsFailedException("topics are missing at " + bootstrap + ": " + String.join(", ", missing)
                    + "; create what the catalogue names with: ./triage topics apply --bootstrap " + bootstrap
                    + (names.prefix().isEmpty() ? "" : " --prefix " + names.prefix())
                    + (names.dlqSuffix().isEmpty() ? "" : " --dlq-suffix " + names.dlqSuffix()));
        }
    }

    @Override
    public void close() {
        admin.close(ANSWER_TIMEOUT);
    }

    private void apply(TopicChange change) throws TopicsFailedException {
        // A switch over the sealed type needs Java 21.
        if (change instanceof CreateTopic create) {
            TopicSpec spec = create.spec();
            Optional<Short> replication =
                    Optional.of(spec.replication()).filter(replicas -> replicas != TopicSpec.BROKER_DEFAULT);
            NewTopic topic =
                    new NewTopic(spec.name(), Optional.of(spec.partitions()), replication).configs(spec.configs());
            await(admin.createTopics(List.of(topic)).all(), TopicExistsException.class);
        } else if (change instanceof AddPartitions add) {
            addPartitions(add);
        } else if (change instanceof SetConfig set) {
            AlterConfigOp op = new AlterConfigOp(new ConfigEntry(set.config(), set.to()), AlterConfigOp.OpType.SET);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, set.topic());
            await(admin.incrementalAlterConfigs(Map.of(resource, List.of(op))).all());
        } else {
            throw new IllegalArgumentException("Kafka cannot do this: " + change.describe());
        }
    }

    private void addPartitions(AddPartitions add) throws TopicsFailedException {
        try {
            await(admin.createPartitions(Map.of(add.topic(), NewPartitions.increaseTo(add.to())))
                    .all());
        } catch (TopicsFailedException e) {
            // Kafka gives one error for "not allowed" and for "already as many".
            if (!hasPartitions(Map.of(add.topic(), add.to()))) {
                throw e;
            }
        }
    }

    /** The controller has made them; the broker that answers next may not have heard of it yet. */
    private void awaitVisible(Map<String, Integer> partitions) throws TopicsFailedException {
        long deadline = System.nanoTime() + ANSWER_TIMEOUT.toNanos();
        while (!hasPartitions(partitions)) {
            if (System.nanoTime() > deadline) {
                throw new TopicsFailedException("made, but not visible at " + bootstrap + " after "
                        + ANSWER_TIMEOUT.toSeconds() + " s: " + String.join(", ", new TreeSet<>(partitions.keySet())));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private boolean hasPartitions(Map<String, Integer> partitions) throws TopicsFailedException {
        Map<String, ClusterTopic> found = find(partitions.keySet());
        return partitions.entrySet().stream().allMatch(wanted -> {
            ClusterTopic topic = found.get(wanted.getKey());
            return topic != null && topic.partitions() >= wanted.getValue();
        });
    }

    private TopicsFailedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TopicsFailedException("interrupted while waiting for " + bootstrap, e);
    }

    private static ClusterTopic clusterTopic(TopicDescription topic, Config config) {
        Map<String, String> configs = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                configs.put(entry.name(), entry.value());
            }
        }
        return new ClusterTopic(
                topic.name(),
                topic.partitions().size(),
                topic.partitions().get(0).replicas().size(),
                configs);
    }

    /** The answer; empty if it is an expected error, or there is nothing to say. */
    private <T> Optional<T> await(KafkaFuture<T> future, Class<?>... expected) throws TopicsFailedException {
        try {
            return Optional.ofNullable(future.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (Arrays.stream(expected).anyMatch(type -> type.isInstance(cause))) {
                return Optional.empty();
            }
            if (cause instanceof TimeoutException) {
                throw new TopicsFailedException(
                        "no Kafka broker answers at " + bootstrap + "; is it running, and is the address right?",
                        cause);
            }
            throw new TopicsFailedException("the cluster at " + bootstrap + " refused: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
