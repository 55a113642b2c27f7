package io.tickettriage.topics;

import io.tickettriage.kafka.TopicNames;
import io.tickettriage.topics.TopicChange.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads and changes the topics of one cluster. It creates and widens; it never deletes a topic.
 *
 * <p>Safe for use by several threads, and by several instances of the program at once. Every method throws an {@link
 * IOException} if the cluster does not answer, or refuses; its message says what to do.
 */
public final class TopicAdmin implements AutoCloseable {
    /** How long a cluster may take to answer before it counts as absent. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Admin admin;
    private final String bootstrap;

    private TopicAdmin(Admin admin, String bootstrap) {
        this.admin = admin;
        this.bootstrap = bootstrap;
    }

    /** Prepares a connection, with further client settings by Kafka's names; the first question opens it. */
    public static TopicAdmin connect(String bootstrap, Map<String, String> clientSettings) throws IOException {
        int timeout = (int) ANSWER_TIMEOUT.toMillis();
        Map<String, Object> settings = new HashMap<>();
        settings.put("request.timeout.ms", timeout);
        settings.put("default.api.timeout.ms", timeout);
        // The client warns at each attempt; with its default of 50 ms an absent broker fills the screen.
        settings.put("reconnect.backoff.ms", 1_000);
        settings.put("reconnect.backoff.max.ms", 5_000);
        settings.putAll(clientSettings);
        settings.put("bootstrap.servers", bootstrap);
        try {
            return new TopicAdmin(Admin.create(settings), bootstrap);
        } catch (KafkaException e) {
            Throwable root = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                    .reduce(e, (a, b) -> b);
            throw new IOException("cannot connect to \"" + bootstrap + "\": " + root.getMessage(), e);
        }
    }

    /** The topics of these names that exist, with everything that is set for them. */
    public SortedMap<String, ClusterTopic> find(Collection<String> names) throws IOException {
        Map<String, TopicDescription> descriptions =
                answers(admin.describeTopics(names).topicNameValues());
        List<ConfigResource> resources =
                descriptions.keySet().stream().map(TopicAdmin::resource).toList();
        Map<ConfigResource, Config> configs =
                answers(admin.describeConfigs(resources).values());
        SortedMap<String, ClusterTopic> found = new TreeMap<>();
        descriptions.forEach((name, topic) -> {
            Config config = configs.get(resource(name));
            // A topic that was deleted between the two questions has none.
            if (config != null) {
                found.put(name, ClusterTopic.of(topic, config));
            }
        });
        return found;
    }

    // Of the topics that exist.
    private <K, T> Map<K, T> answers(Map<K, KafkaFuture<T>> futures) throws IOException {
        Map<K, T> answers = new HashMap<>();
        for (Map.Entry<K, KafkaFuture<T>> future : futures.entrySet()) {
            try {
                await(future.getValue(), UnknownTopicOrPartitionException.class)
                        .ifPresent(answer -> answers.put(future.getKey(), answer));
            } catch (IOException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    throw new IOException(
                            e.getMessage() + " (" + future.getKey() + "); what each party needs: ./triage topics acls",
                            e);
                }
                throw e;
            }
        }
        return answers;
    }

    /** What has to change so that the cluster is as wanted. */
    public TopicDiff diff(Collection<TopicSpec> wanted) throws IOException {
        return TopicDiff.between(wanted, existing(wanted));
    }

    private Map<String, ClusterTopic> existing(Collection<TopicSpec> wanted) throws IOException {
        return find(wanted.stream().map(TopicSpec::name).toList());
    }

    /**
     * Applies the changes that may be applied and returns them, once the new topics are visible. What another instance
     * has done at the same moment counts as done.
     *
     * @param allowDataLoss whether to do also what loses data
     * @throws IOException if a change is refused; earlier changes stay
     */
    public List<TopicChange> apply(TopicDiff diff, boolean allowDataLoss) throws IOException {
        List<TopicChange> changes = diff.applicable(allowDataLoss);
        List<TopicSpec> widened = new ArrayList<>();
        for (TopicChange change : changes) {
            try {
                apply(change);
            } catch (IOException e) {
                throw new IOException(change.topic() + ": " + change.description() + ": " + e.getMessage(), e);
            }
            if (change.kind() != Kind.SET_CONFIG) {
                widened.add(change.wanted());
            }
        }
        awaitVisible(widened);
        return changes;
    }

    /** Checks that topics exist; the failure names every missing one and the command that creates them. */
    public void verify(Collection<String> required, TopicNames names) throws IOException {
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(
                answers(admin.describeTopics(required).topicNameValues()).keySet());
        if (!missing.isEmpty()) {
            throw new IOException("topics are missing at " + bootstrap + ": " + String.join(", ", missing)
                    + "; create what the catalogue names with: " + applyCommand(names));
        }
    }

    /** Creates access rules; those that exist stay. */
    public void allow(Collection<AclBinding> rules) throws IOException {
        await(admin.createAcls(rules).all());
    }

    /** The command that makes the topics as the catalogue wants them. */
    public String applyCommand(TopicNames names) {
        return "./triage topics apply --bootstrap " + bootstrap
                + (names.prefix().isEmpty() ? "" : " --prefix " + names.prefix())
                + (names.dlqSuffix().isEmpty() ? "" : " --dlq-suffix " + names.dlqSuffix());
    }

    @Override
    public void close() {
        admin.close(ANSWER_TIMEOUT);
    }

    private void apply(TopicChange change) throws IOException {
        TopicSpec wanted = change.wanted();
        switch (change.kind()) {
            case CREATE -> {
                Optional<Short> replication =
                        Optional.of(wanted.replication()).filter(replicas -> replicas != TopicSpec.BROKER_DEFAULT);
                NewTopic topic = new NewTopic(wanted.name(), Optional.of(wanted.partitions()), replication);
                await(
                        admin.createTopics(List.of(topic.configs(wanted.configs())))
                                .all(),
                        TopicExistsException.class);
            }
            case ADD_PARTITIONS -> addPartitions(wanted);
            case SET_CONFIG -> {
                ConfigEntry entry =
                        new ConfigEntry(change.config(), wanted.configs().get(change.config()));
                AlterConfigOp op = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
                await(admin.incrementalAlterConfigs(Map.of(resource(wanted.name()), List.of(op)))
                        .all());
            }
            case NOTHING -> throw new IllegalArgumentException("Kafka cannot do this: " + change.description());
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private void addPartitions(TopicSpec wanted) throws IOException {
        try {
            NewPartitions partitions = NewPartitions.increaseTo(wanted.partitions());
            await(admin.createPartitions(Map.of(wanted.name(), partitions)).all());
        } catch (IOException e) {
            // Kafka gives one error for "not allowed" and for "already as many".
            if (!areVisible(List.of(wanted))) {
                throw e;
            }
        }
    }

    /** The controller has made them; the broker that answers next may not have heard of it yet. */
    private void awaitVisible(List<TopicSpec> wanted) throws IOException {
        long deadline = System.nanoTime() + ANSWER_TIMEOUT.toNanos();
        while (!areVisible(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("made, but not visible at " + bootstrap + " after " + ANSWER_TIMEOUT.toSeconds()
                        + " s: " + wanted.stream().map(TopicSpec::name).sorted().collect(Collectors.joining(", ")));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean areVisible(List<TopicSpec> wanted) throws IOException {
        Map<String, ClusterTopic> found = existing(wanted);
        return wanted.stream().allMatch(spec -> {
            ClusterTopic topic = found.get(spec.name());
            return topic != null && topic.partitions() >= spec.partitions();
        });
    }

    /** The answer; empty if it is an expected error, or there is nothing to say. */
    private <T> Optional<T> await(KafkaFuture<T> future, Class<?>... expected) throws IOException {
        try {
            return Optional.ofNullable(future.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (Arrays.stream(expected).anyMatch(type -> type.isInstance(cause))) {
                return Optional.empty();
            }
            if (cause instanceof TimeoutException) {
                throw new IOException(
                        "no Kafka broker answers at " + bootstrap + "; is it running, and is the address right?",
                        cause);
            }
            throw new IOException("the cluster at " + bootstrap + " refused: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + bootstrap, e);
        }
    }
}
