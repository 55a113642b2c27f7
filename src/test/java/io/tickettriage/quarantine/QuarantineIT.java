package io.tickettriage.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.kafka.SourcePosition;
import io.tickettriage.kafka.TopicNames;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A record that ends a role ends it twice, and no more. */
class QuarantineIT {
    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    /** A role whose processor has a fault that no parser can prevent. */
    private static final class FaultyProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            if (new String(record.value(), UTF_8).equals("poison")) {
                throw new ArithmeticException("cannot be divided");
            }
            context().forward(record, "out");
        }
    }

    @Test
    void shouldPassByAnOffsetThatHasEndedTheRoleTwice() throws Exception {
        TestCluster cluster = new TestCluster(broker.bootstrap(), broker.prefix(), directory, Map.of());
        try (cluster) {
            TopicNames names = cluster.names();
            for (String value : List.of("a", "poison", "b")) {
                cluster.send(names.raw(), 0, "key", value);
            }
            cluster.flush();

            assertThat(runUntilItEnds(names)).isEqualTo(KafkaStreams.State.ERROR);
            assertThat(runUntilItEnds(names)).isEqualTo(KafkaStreams.State.ERROR);
            try (KafkaStreams third = start(names)) {
                await().atMost(PATIENCE)
                        .until(() -> cluster.records(names.scored()).size() == 2);
                assertThat(third.state()).isEqualTo(KafkaStreams.State.RUNNING);
            }
            assertThat(cluster.records(names.scored()))
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("a", "b");
            List<ConsumerRecord<byte[], byte[]>> stubs = cluster.records(names.dlq());
            assertThat(stubs).hasSize(1);
            assertThat(stubs.get(0).key()).isNull();
            assertThat(stubs.get(0).value()).isNull();
            assertThat(HeaderNames.text(stubs.get(0).headers(), HeaderNames.REJECT_REASON))
                    .isEqualTo("QUARANTINED");
            assertThat(HeaderNames.text(stubs.get(0).headers(), HeaderNames.ERROR_OFFSET))
                    .isEqualTo("1");
            assertThat(HeaderNames.text(stubs.get(0).headers(), HeaderNames.ERROR_MESSAGE))
                    .contains("ended the role 2 times", "cannot be divided");
        }
    }

    @Test
    void shouldForgetNothingOfAFailureThatIsNotTheRecordsFault() throws Exception {
        TestCluster cluster = new TestCluster(broker.bootstrap(), broker.prefix(), directory, Map.of());
        try (cluster) {
            Quarantine quarantine = Quarantine.of(failures(cluster.names()), Map.of());
            var position = new SourcePosition(cluster.names().raw(), 0, 7);

            quarantine.failed(
                    position, new IllegalStateException(new org.apache.kafka.common.errors.TimeoutException()));
            assertThat(failures(cluster.names()).read()).isEmpty();

            quarantine.failed(position, new IllegalStateException("a fault"));
            assertThat(failures(cluster.names()).read())
                    .containsKey(new TopicPartition(cluster.names().raw(), 0));
            assertThat(failures(cluster.names())
                            .add(new SourcePosition(cluster.names().raw(), 0, 8), "other")
                            .times())
                    .isEqualTo(1);
        }
    }

    /** The limits of the topic are taken away, as on a cluster that another program has set up. */
    @Test
    void shouldPassByARecordThatDoesNotFitTheHeap() throws Exception {
        TestCluster cluster = new TestCluster(broker.bootstrap(), broker.prefix(), directory, Map.of());
        try (cluster) {
            TopicNames names = cluster.names();
            broker.setTopic(names.raw(), "compression.type", "producer");
            cluster.send(names.raw(), 0, "T-1", "{\"text\":\"refund\"}");
            cluster.flush();
            sendZeros(names.raw(), 120_000_000);
            cluster.send(names.raw(), 0, "T-2", "{\"text\":\"refund\"}");
            cluster.flush();

            RunningTriage application = RunningTriage.start(broker, directory, "scoring");
            try {
                for (int restarts = 0;
                        restarts < 3 && cluster.records(names.scored()).size() < 2;
                        restarts++) {
                    RunningTriage current = application;
                    await().atMost(PATIENCE)
                            .until(() -> !current.process().isAlive()
                                    || cluster.records(names.scored()).size() == 2);
                    if (!current.process().isAlive()) {
                        application = RunningTriage.start(broker, directory, "scoring");
                    }
                }
                assertThat(cluster.records(names.scored()))
                        .extracting(record -> new String(record.key(), UTF_8))
                        .containsExactlyInAnyOrder("T-1", "T-2");
                assertThat(cluster.records(names.dlq()))
                        .extracting(record -> HeaderNames.text(record.headers(), HeaderNames.REJECT_REASON))
                        .containsExactly("QUARANTINED");
            } finally {
                application.close();
            }
        }
    }

    private static void sendZeros(String topic, int bytes) throws Exception {
        Map<String, Object> config =
                Map.of("compression.type", "zstd", "max.request.size", bytes + 1_000_000, "buffer.memory", 2L * bytes);
        try (KafkaProducer<byte[], byte[]> producer = broker.newProducer(config)) {
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[bytes])).get();
        }
    }

    private KafkaStreams.State runUntilItEnds(TopicNames names) {
        try (KafkaStreams streams = start(names)) {
            await().atMost(PATIENCE).until(() -> streams.state().hasCompletedShutdown());
            return streams.state();
        }
    }

    private KafkaStreams start(TopicNames names) {
        Quarantine quarantine = Quarantine.of(failures(names), Map.of());
        Topology topology = new Topology();
        topology.addSource("in", names.raw());
        topology.addProcessor("faulty", () -> guarded(quarantine), "in");
        topology.addSink("out", names.scored(), "faulty");
        topology.addSink("dlq", names.dlq(), "faulty");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, names.prefix() + "role");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("streams").toString());
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
        config.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 1_500);
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        KafkaStreams streams = new KafkaStreams(topology, config);
        streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        streams.start();
        return streams;
    }

    private static Processor<byte[], byte[], byte[], byte[]> guarded(Quarantine quarantine) {
        return new GuardedProcessor(new FaultyProcessor(), quarantine, "dlq", () -> {});
    }

    private static FailureLog failures(TopicNames names) {
        return new FailureLog(
                () -> Admin.create(Map.of("bootstrap.servers", broker.bootstrap())), names.prefix() + "role");
    }
}
