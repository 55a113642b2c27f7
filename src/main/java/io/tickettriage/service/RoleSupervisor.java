package io.tickettriage.service;

import io.micrometer.core.instrument.Counter;
import io.tickettriage.kafka.FailingProductionHandler;
import io.tickettriage.kafka.NeverFailingTimestampExtractor;
import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.service.Role.StreamsPart;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a role and decides what follows its failure: for scoring the end of the process, for any other role a restart, after
 * pauses that double up to a minute, so that it can neither slow nor stop scoring.
 */
final class RoleSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoleSupervisor.class);
    private static final int LONGEST_PAUSE_SECONDS = 60;

    private final Role role;
    private final StreamsPart part;
    private final RoleContext context;
    private final Runnable onFatal;
    private final Counter failures;
    private final ScheduledExecutorService restarts;
    private volatile Optional<RunningRole> current = Optional.empty();
    private int pauseSeconds = 1;
    private boolean closed;

    RoleSupervisor(Role role, StreamsPart part, RoleContext context, Runnable onFatal) {
        this.role = role;
        this.part = part;
        this.context = context;
        this.onFatal = onFatal;
        this.failures = Counter.builder("triage.role.failures")
                .description("How often a role has failed")
                .tag("role", role.title())
                .register(context.registry());
        this.restarts = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, role.title() + "-restart");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Builds the topology and checks the settings, without a connection to Kafka. */
    void check() throws IOException {
        Topology unused = part.build().topology(context, Quarantine.none());
        StreamsConfig unusedConfig = new StreamsConfig(config());
    }

    synchronized void start() throws IOException {
        if (!closed) {
            RunningRole next = new RunningRole(role, part, context, config(), this::failed);
            current = Optional.of(next);
            next.start();
        }
    }

    /** Answers at once, also while the role is being closed or built again. */
    RoleState state() {
        return current.map(RunningRole::state).orElseGet(RoleState.Stopped::new);
    }

    private void failed() {
        failures.increment();
        if (role == Role.SCORING) {
            onFatal.run();
            return;
        }
        try {
            LOG.warn("the {} role starts again in {} s", role.title(), pauseSeconds);
            ScheduledFuture<?> unused = restarts.schedule(this::restart, pauseSeconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the program closes, {} is not restarted", role.title());
        }
    }

    private synchronized void restart() {
        current.ifPresent(RunningRole::close);
        current = Optional.empty();
        pauseSeconds = Math.min(2 * pauseSeconds, LONGEST_PAUSE_SECONDS);
        try {
            start();
        } catch (IOException | RuntimeException e) {
            LOG.error("the {} role could not be built again", role.title(), e);
            failed();
        }
    }

    private Properties config() {
        Properties config = new Properties();
        config.putAll(context.streams().properties(role.title()));
        part.settings().forEach(config::putIfAbsent);
        config.putIfAbsent(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        config.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailingProductionHandler.class);
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, NeverFailingTimestampExtractor.class);
        // Repartitioned records and changelog entries hold whole tickets.
        config.putIfAbsent(StreamsConfig.topicPrefix("max.message.bytes"), Integer.toString(SizeLimits.RECORD_BYTES));
        return config;
    }

    @Override
    public void close() {
        restarts.shutdownNow();
        synchronized (this) {
            closed = true;
            current.ifPresent(RunningRole::close);
            current = Optional.empty();
        }
    }
}
