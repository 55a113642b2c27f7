package io.tickettriage.service;

import io.micrometer.core.instrument.Gauge;
import io.tickettriage.config.CorrectionsConfig;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.config.KafkaStreamsConfig;
import io.tickettriage.config.Settings;
import io.tickettriage.config.TopicsConfig;
import io.tickettriage.http.Health;
import io.tickettriage.http.HttpServer;
import io.tickettriage.http.Meters;
import io.tickettriage.http.OpsRoutes;
import io.tickettriage.http.Routes;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    private final ThreadDeaths threads = new ThreadDeaths(failed::countDown);
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
        for (RoleSupervisor role : supervisors().values()) {
            role.check();
        }
        // On any free port: what is configured may be in use by the program that runs. The launcher records the
        // classes that a check loads, so the server's are among those that start fast.
        serveHttp(new HttpConfig("127.0.0.1", 0), newDesk());
    }

    /** Checks everything, then starts all parts; {@code /ready} says when they run. */
    public void start() throws IOException {
        requireQueues();
        verifyTopics();
        Map<Role, RoleSupervisor> supervisors = supervisors();
        boolean usesModel = roles.contains(Role.SCORING) || roles.contains(Role.DESK);
        Optional<ModelFollower> follower = usesModel ? Optional.of(newFollower()) : Optional.empty();
        ProgressMonitor monitor = newMonitor(supervisors);
        addCheck("threads", threads::problem);
        HttpConfig http = settings.get(HttpConfig.class);
        Optional<RunningDesk> desk = http.port() > 0 ? newDesk() : Optional.empty();
        desk.ifPresent(running -> addCheck("desk", running::problem));
        if (http.port() > 0) {
            serveHttp(http, desk);
            LOG.info("http://{}:{}/ready /live /metrics", http.host(), http.port());
        }
        desk.ifPresent(RunningDesk::start);
        follower.ifPresent(ModelFollower::start);
        for (RoleSupervisor role : supervisors.values()) {
            role.start();
        }
        monitor.start();
    }

    /** Notices from now on what ends any thread of this process: it may be called once, by a process of its own. */
    public void watchThreads() {
        threads.watchAll();
    }

    private void addCheck(String name, Health.Check check) {
        health.add(name, check);
        Gauge.builder("triage.ready", health, checks -> checks.passes(name) ? 1 : 0)
                .description("Whether a check of /ready finds no problem")
                .tag("check", name)
                .register(context.registry());
    }

    /** The model must not name a department that has no queue, nor be of a version without thresholds. */
    private void requireQueues() throws IOException {
        Optional<String> problem = modelCheck.problem(context.scoring().model());
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }

    /** Checks that the cluster has the topics of its roles, and as they must be. */
    public void verifyTopics() throws IOException {
        Set<String> required = topics();
        KafkaClientsConfig clients = settings.get(KafkaClientsConfig.class);
        try (TopicAdmin admin = TopicAdmin.connect(clients.bootstrapServers(), clients.admin())) {
            admin.verify(required, context.names());
            List<String> problems = new TopicRequirements(context.names())
                    .problems(admin.find(required).values());
            if (!problems.isEmpty()) {
                throw new IOException("topics at " + clients.bootstrapServers() + " are not as the roles need them:\n  "
                        + String.join("\n  ", problems) + "\nmend them with: " + admin.applyCommand(context.names()));
            }
            for (Role role : roles) {
                role.verify(admin, context.names());
            }
        }
    }

    /** The topics its roles need, under their names in the cluster. */
    private Set<String> topics() {
        return roles.stream()
                .flatMap(role -> role.topics(context.names(), context.queues()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<Role, RoleSupervisor> supervisors() {
        Map<Role, RoleSupervisor> supervisors = new EnumMap<>(Role.class);
        for (Role role : roles) {
            role.streams().ifPresent(part -> {
                RoleSupervisor supervisor = new RoleSupervisor(role, part, context, failed::countDown);
                supervisors.put(role, supervisor);
                parts.push(supervisor);
            });
        }
        return supervisors;
    }

    private ProgressMonitor newMonitor(Map<Role, RoleSupervisor> supervisors) {
        KafkaStreamsConfig streams = context.streams();
        List<WatchedRole> watched = new ArrayList<>();
        supervisors.forEach((role, supervisor) -> {
            // Between two commits nothing moves.
            RoleProgress progress = new RoleProgress(ProgressMonitor.PATIENCE.plus(streams.commitInterval()));
            WatchedRole next =
                    new WatchedRole(role.title(), streams.groupId(role.title()), supervisor::state, progress);
            watched.add(next);
            addCheck(role.title(), next::problem);
            Gauge.builder("triage.role.lag", progress, RoleProgress::lag)
                    .description("Offsets of this instance's partitions that the role has not committed")
                    .tag("role", role.title())
                    .register(context.registry());
        });
        KafkaClientsConfig clients = streams.clients();
        ProgressMonitor monitor =
                new ProgressMonitor(clients.bootstrapServers(), new ClusterProbe(clients.admin()), topics(), watched);
        parts.push(monitor);
        addCheck("kafka", monitor::kafkaProblem);
        addCheck("topics", monitor::topicsProblem);
        return monitor;
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
        addCheck("model", () -> problem(follower));
        return follower;
    }

    private static Optional<String> problem(ModelFollower follower) {
        Optional<String> problem = follower.problem();
        return problem.isPresent() || follower.hasCaughtUp()
                ? problem
                : Optional.of("the models topic has not been read yet");
    }

    /** The desk, if that is a role of this process; without a server nobody could use it. */
    private Optional<RunningDesk> newDesk() throws IOException {
        if (!roles.contains(Role.DESK)) {
            return Optional.empty();
        }
        RunningDesk desk = RunningDesk.of(settings, context);
        parts.push(desk);
        return Optional.of(desk);
    }

    private void serveHttp(HttpConfig address, Optional<RunningDesk> desk) throws IOException {
        List<Routes> routes = new ArrayList<>(List.of(new OpsRoutes(meters, this::isLive, health)));
        desk.ifPresent(running -> routes.add(running.routes()));
        parts.push(HttpServer.start(address, routes));
        // Closed before the server: Javalin handles the failure of a stream that is cut off without end.
        // ever.
        desk.ifPresent(running -> parts.push(running.routes()));
    }

    /** Whether waiting can help. */
    private boolean isLive() {
        return failed.getCount() > 0 && threads.problem().isEmpty();
    }

    /** Waits for a failure that ends the process, such as one of scoring; true if there is one. */
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
