package io.tickettriage.service;

import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.TopicsConfig;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.registry.ModelFollower;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program: its roles, the model follower and the HTTP server, started together and stopped in reverse.
 *
 * <p>The process ends when scoring fails. Another role that fails is closed, shown on {@code /ready} and a meter, and
 * restarted with growing pauses by its {@link RoleSupervisor}.
 */
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Settings settings;
    private final Set<Role> roles;
    private final Meters meters = new Meters();
    private final RoleContext context;
    private final ModelCheck modelCheck;
    private final Health health = new Health();
    private final CountDownLatch failed = new CountDownLatch(1);
    // What has been started, the last first.
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /**
     * An application that has not started; it is closed whether or not it could be.
     *
     * @param queues the queues of the catalogue, {@code review} among them
     */
    public Application(Settings settings, ScorerFactory scoring, Set<Role> roles, SortedSet<String> queues) {
        TopicsConfig topics = settings.get(TopicsConfig.class);
        this.settings = settings;
        this.roles = roles;
        this.context = new RoleContext(
                settings.get(KafkaStreamsConfig.class),
                settings.get(CorrectionsConfig.class),
                scoring,
                new TopicNames(topics.prefix(), topics.dlqSuffix()),
                queues,
                new ActiveModel(scoring.model()),
                new Challenger(),
                meters.registry());
        this.modelCheck = scoring.modelCheck(queues);
        parts.push(meters);
    }

    /** Builds everything that can be built without Kafka. */
    public void check() throws IOException {
        requireQueues();
        for (RoleSupervisor role : supervisors()) {
            role.check();
        }
        // On any free port: what is configured may be in use by the program that runs. The launcher records the
        // classes that a check loads, so the server's are among those that start fast.
        serveHttp(new HttpConfig("127.0.0.1", 0));
    }

    /** Checks everything, then starts all parts; {@code /ready} says when they run. */
    public void start() throws IOException {
        requireQueues();
        verifyTopics();
        health.add("topics", () -> true);
        List<RoleSupervisor> supervisors = supervisors();
        Optional<ModelFollower> follower = roles.contains(Role.SCORING) ? Optional.of(newFollower()) : Optional.empty();
        HttpConfig http = settings.get(HttpConfig.class);
        if (http.port() > 0) {
            serveHttp(http);
            LOG.info("http://{}:{}/ready /live /metrics", http.host(), http.port());
        }
        follower.ifPresent(ModelFollower::start);
        for (RoleSupervisor role : supervisors) {
            role.start();
        }
    }

    /** The model must not name a department that has no queue, nor be of a version without thresholds. */
    private void requireQueues() throws IOException {
        Optional<String> problem = modelCheck.problem(context.scoring().model());
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }

    private void verifyTopics() throws IOException {
        List<String> required = roles.stream()
                .flatMap(role -> role.topics(context.names(), context.queues()))
                .distinct()
                .toList();
        KafkaClientsConfig clients = settings.get(KafkaClientsConfig.class);
        try (TopicAdmin admin = TopicAdmin.connect(clients.bootstrapServers(), clients.admin())) {
            admin.verify(required, context.names());
            for (Role role : roles) {
                role.verify(admin, context.names());
            }
        }
    }

    private List<RoleSupervisor> supervisors() {
        List<RoleSupervisor> supervisors = new ArrayList<>();
        for (Role role : roles) {
            RoleSupervisor supervisor = new RoleSupervisor(role, context, failed::countDown);
            supervisors.add(supervisor);
            parts.push(supervisor);
            health.add(role.title(), supervisor::isRunning);
        }
        return supervisors;
    }

    private ModelFollower newFollower() {
        Map<String, Object> config =
                new HashMap<>(settings.get(KafkaClientsConfig.class).consumer());
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("allow.auto.create.topics", false);
        config.put("max.poll.records", 1);
        config.put("max.partition.fetch.bytes", SizeLimits.MODEL_BYTES);
        ActiveModel active = context.activeModel();
        ModelFollower follower = new ModelFollower(
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                context.names().models(),
                active,
                context.shadow(),
                modelCheck,
                new ModelMeters(context.registry(), active.current()));
        parts.push(follower);
        health.add("model", follower::hasCaughtUp);
        return follower;
    }

    private void serveHttp(HttpConfig address) throws IOException {
        OpsRoutes routes = new OpsRoutes(meters, () -> failed.getCount() > 0, health);
        parts.push(HttpServer.start(address, routes::addTo));
    }

    /** Waits for the scoring role to fail; true if it has. */
    public boolean awaitFailure(long timeout, TimeUnit unit) throws InterruptedException {
        return failed.await(timeout, unit);
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) { // The other parts must be closed all the same.
                LOG.warn("closing {} failed", part, e);
            }
        }
    }
}
