package io.tickettriage.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tickettriage.config.KafkaClientsConfig;
import io.tickettriage.kafka.StreamsClients;
import io.tickettriage.kafka.TakenBackTransactions;
import io.tickettriage.quarantine.FailureLog;
import io.tickettriage.quarantine.Quarantine;
import io.tickettriage.quarantine.ReadAhead;
import io.tickettriage.quarantine.SkippingClients;
import io.tickettriage.service.Role.StreamsPart;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
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
    RunningRole(Role role, StreamsPart part, RoleContext context, Properties config, Runnable onFailure)
            throws IOException {
        this.name = role.title();
        this.streams = newStreams(role, part, context, config);
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

    private static KafkaStreams newStreams(Role role, StreamsPart part, RoleContext context, Properties config)
            throws IOException {
        Quarantine quarantine = quarantine(role, context, config.getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
        Topology topology = part.build().topology(context, quarantine);
        TakenBackTransactions takenBack = takenBack(role, context);
        if (quarantine.unreadable().isEmpty()) {
            return new KafkaStreams(topology, config, new StreamsClients(takenBack));
        }
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1);
        return new KafkaStreams(topology, config, new SkippingClients(quarantine.unreadable(), takenBack));
    }

    private static TakenBackTransactions takenBack(Role role, RoleContext context) {
        Counter repeated = Counter.builder("triage.role.transactions.repeated")
                .description("How often the role repeated a transaction that a broker had taken back")
                .tag("role", role.title())
                .register(context.registry());
        return new TakenBackTransactions(() -> {
            repeated.increment();
            LOG.warn("a broker has taken back a transaction of the {} role, which repeats it", role.title());
        });
    }

    /** What has ended earlier runs of the role, on any machine, and what would end this one. */
    private static Quarantine quarantine(Role role, RoleContext context, String applicationId) throws IOException {
        KafkaClientsConfig clients = context.streams().clients();
        Map<String, Object> consumer = new HashMap<>(clients.consumer());
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        FailureLog failures = new FailureLog(() -> Admin.create(new HashMap<>(clients.admin())), applicationId);
        ReadAhead readAhead = new ReadAhead(recordsPerPoll -> newConsumer(consumer, recordsPerPoll));
        try {
            Set<String> inputs = role.inputs(context.names()).collect(Collectors.toSet());
            return Quarantine.of(failures, readAhead.unreadable(inputs, failures.committed()));
        } catch (KafkaException e) {
            throw new IOException(
                    "the " + role.title() + " role cannot find out where it begins: " + e.getMessage(), e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer(Map<String, Object> config, int recordsPerPoll) {
        Map<String, Object> limited = new HashMap<>(config);
        limited.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, recordsPerPoll);
        return new KafkaConsumer<>(limited, new ByteArrayDeserializer(), new ByteArrayDeserializer());
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
