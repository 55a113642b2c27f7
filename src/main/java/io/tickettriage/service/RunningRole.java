package io.tickettriage.service;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role's topology running on Kafka Streams, under its own {@code application.id}.
 *
 * <p>An exception that nothing handles, an {@code Error} included, closes the whole role and is reported once: it never
 * runs with only some of its threads.
 */
final class RunningRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRole.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final String name;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;

    /** Ready to start; {@code onFailure} is called once, on a stream thread, when it has failed, and must not block. */
    RunningRole(Role role, RoleContext context, Properties config, Runnable onFailure) throws IOException {
        this.name = role.title();
        this.streams = new KafkaStreams(role.topology(context), config);
        this.metrics = new KafkaStreamsMetrics(streams);
        streams.setUncaughtExceptionHandler(e -> {
            LOG.error("the {} role failed and closes", name, e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            LOG.info("{}: {} -> {}", name, before, now);
            if (now == KafkaStreams.State.ERROR) {
                onFailure.run();
            }
        });
        metrics.bindTo(context.registry());
    }

    void start() {
        streams.start();
    }

    RoleState state() {
        return RoleState.of(streams);
    }

    /** Commits, stops and leaves the group, so that the next start does not wait for a session to expire. */
    @Override
    public void close() {
        boolean closed = streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        metrics.close();
        if (!closed) {
            LOG.warn("{} did not close within {}", name, CLOSE_TIMEOUT);
        }
    }
}
