package io.tickettriage.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tickettriage.config.SettingKeys;
import io.tickettriage.config.Settings;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.model.ActiveModel;
import io.tickettriage.model.Challenger;
import io.tickettriage.model.TicketModel;
import io.tickettriage.registry.ModelCheck;
import io.tickettriage.registry.ModelFollower;
import io.tickettriage.topics.TopicAdmin;
import java.io.IOException;
import java.util.ArrayList;
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
 * The running program: its roles, the model follower and the HTTP server, started and stopped together.
 *
 * <p>The process ends when scoring fails. Another role that fails is closed, shown on {@code /ready} and a meter, and
 * restarted with growing pauses by {@link RestartingRole}.
 */
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Settings settings;
    private final Meters meters = new Meters();
    private final Health health = new Health();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final CountDownLatch failed = new CountDownLatch(1);

    private Application(Settings settings) {
        this.settings = settings;
    }

    /**
     * Checks everything, then starts. Returns once all parts are started; {@code /ready} says when they run.
     *
     * @param queues the queues of the catalogue, {@code review} among them
     */
    public static Application start(Settings settings, ScorerFactory scoring, Set<Role> roles, SortedSet<String> queues)
            throws IOException {
        Application application = new Application(settings);
        try {
            application.startParts(scoring, roles, queues);
            return application;
        } catch (IOException | RuntimeException e) {
            application.close();
            throw e;
        }
    }

    /** Builds everything that can be built without Kafka, and throws it away. */
    public static void check(Settings settings, ScorerFactory scoring, Set<Role> roles, SortedSet<String> queues)
            throws IOException {
        requireQueues(scoring, queues);
        try (Meters meters = new Meters()) {
            RoleContext context = new RoleContext(
                    settings,
                    scoring,
                    new TopicNames(settings.get(SettingKeys.TOPIC_PREFIX), settings.get(SettingKeys.DLQ_SUFFIX)),
                    queues,
                    new ActiveModel(scoring.model()),
                    new Challenger(),
                    meters.registry());
            for (Role role : roles) {
                try (RestartingRole built = new RestartingRole(role, context, () -> {})) {
                    built.check();
                }
            }
        }
    }

    /** The model must not name a department that has no queue, nor be of a version without thresholds. */
    private static void requireQueues(ScorerFactory scoring, SortedSet<String> queues) throws IOException {
        Optional<String> problem = new ModelCheck(queues).problem(scoring.model());
        if (problem.isPresent()) {
            throw new IOException(problem.get() + "; create its queues with ./triage topics apply");
        }
    }

    private void startParts(ScorerFactory scoring, Set<Role> roles, SortedSet<String> queues) throws IOException {
        requireQueues(scoring, queues);
        TopicNames names = new TopicNames(settings.get(SettingKeys.TOPIC_PREFIX), settings.get(SettingKeys.DLQ_SUFFIX));
        verifyTopics(roles, names, queues);
        health.add("topics", () -> true);
        ActiveModel activeModel = new ActiveModel(scoring.model());
        Challenger shadow = new Challenger();
        RoleContext context = new RoleContext(settings, scoring, names, queues, activeModel, shadow, meters.registry());
        List<RestartingRole> running = new ArrayList<>();
        for (Role role : roles) {
            RestartingRole next = new RestartingRole(role, context, failed::countDown);
            running.add(next);
            parts.add(next);
            health.add(role.title(), next::isRunning);
        }
        Optional<ModelFollower> follower = roles.contains(Role.SCORING)
                ? Optional.of(newFollower(names, activeModel, shadow, queues))
                : Optional.empty();
        follower.ifPresent(parts::add);
        follower.ifPresent(f -> health.add("model", f::hasCaughtUp));
        serveHttp();
        follower.ifPresent(ModelFollower::start);
        for (RestartingRole role : running) {
            role.start();
        }
    }

    private void serveHttp() throws IOException {
        int port = settings.get(SettingKeys.HTTP_PORT);
        if (port > 0) {
            String host = settings.get(SettingKeys.HTTP_HOST);
            parts.add(HttpServer.start(host, port, OpsRoutes.of(meters, () -> failed.getCount() > 0, health)));
            LOG.info("http://{}:{}/ready /live /metrics", host, port);
        }
    }

    private void verifyTopics(Set<Role> roles, TopicNames names, SortedSet<String> queues) throws IOException {
        List<String> required = new ArrayList<>();
        roles.forEach(role -> required.addAll(role.topics(names, queues)));
        try (TopicAdmin admin =
                TopicAdmin.connect(settings.get(SettingKeys.BOOTSTRAP_SERVERS), settings.adminConfig())) {
            admin.verify(required.stream().distinct().toList(), names);
            for (Role role : roles) {
                role.verify(admin, names);
            }
        }
    }

    private ModelFollower newFollower(
            TopicNames names, ActiveModel activeModel, Challenger shadow, SortedSet<String> queues) {
        Map<String, Object> config = new HashMap<>(settings.consumerConfig());
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("max.poll.records", 1);
        config.put("max.partition.fetch.bytes", SizeLimits.MODEL_BYTES);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new ModelFollower(
                consumer, names.models(), activeModel, shadow, new ModelCheck(queues), newListener(activeModel));
    }

    private ModelFollower.Listener newListener(ActiveModel activeModel) {
        MultiGauge info = MultiGauge.builder("triage.model.info")
                .description("The model that scores: 1, with its version")
                .register(meters.registry());
        Counter swaps = Counter.builder("triage.model.swaps")
                .description("Models that became active")
                .register(meters.registry());
        Counter refusals = Counter.builder("triage.model.refused")
                .description("ArtifactFile that were refused; the model before goes on")
                .register(meters.registry());
        show(info, activeModel.current());
        return new ModelFollower.Listener() {
            @Override
            public void activated(TicketModel model) {
                swaps.increment();
                show(info, model);
            }

            @Override
            public void refused(String version) {
                refusals.increment();
            }
        };
    }

    /** One model scores at a time, so the version is one tag value at a time. */
    private static void show(MultiGauge info, TicketModel model) {
        info.register(List.of(MultiGauge.Row.of(Tags.of("version", model.version()), 1)), true);
    }

    /** Waits for the scoring role to fail; true if it has. */
    public boolean awaitFailure(long timeout, TimeUnit unit) throws InterruptedException {
        return failed.await(timeout, unit);
    }

    @Override
    public void close() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Exception e) { // The other parts must be closed all the same.
                LOG.warn("closing {} failed", parts.get(i), e);
            }
        }
        parts.clear();
        meters.close();
    }
}
