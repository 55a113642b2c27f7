package io.tickettriage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes a transaction back because it lasts too long, and then refuses its commit. */
class TakenBackTransactionIT {
    @RegisterExtension
    static final KafkaBroker broker = new KafkaBroker();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final AtomicInteger slowOnes = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    /** Where there is a slow one left, it commits only once the broker has taken the transaction back. */
    private final class SlowProducer extends RepeatingProducer {
        private final String transactionalId;

        SlowProducer(Map<String, Object> config, TakenBackTransactions takenBack) {
            super(config, takenBack);
            this.transactionalId = String.valueOf(config.get("transactional.id"));
        }

        @Override
        void commit() {
            if (slowOnes.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                awaitAbort(transactionalId);
            }
            super.commit();
        }
    }

    private final class SlowClients extends StreamsClients {
        private final TakenBackTransactions takenBack;

        SlowClients(TakenBackTransactions takenBack) {
            super(takenBack);
            this.takenBack = takenBack;
        }

        @Override
        public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            return new SlowProducer(config, takenBack);
        }
    }

    @Test
    void shouldRepeatWhatWasTakenBackWithoutEndingAThread() throws Exception {
        try (TestCluster cluster = new TestCluster(broker.bootstrap(), broker.prefix(), directory, Map.of())) {
            String scored = cluster.names().scored();
            try (KafkaStreams streams = start(cluster.names())) {
                send(cluster, values(0, 10));
                await().atMost(PATIENCE).until(() -> cluster.records(scored).size() == 10);

                slowOnes.set(2);
                send(cluster, values(10, 20));
                await().atMost(PATIENCE).until(() -> cluster.records(scored).size() >= 20);

                assertThat(streams.state().isRunningOrRebalancing()).isTrue();
                assertThat(streams.metadataForLocalThreads())
                        .extracting(thread -> thread.threadName().replaceFirst(".*-", ""))
                        .containsExactly("1");
            }
            assertThat(repeated).hasValue(2);
            assertThat(cluster.records(scored))
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactlyElementsOf(values(0, 20));
        }
    }

    @Test
    void shouldEndWhereEveryTransactionIsTakenBack() throws Exception {
        try (TestCluster cluster = new TestCluster(broker.bootstrap(), broker.prefix(), directory, Map.of());
                KafkaStreams streams = start(cluster.names())) {
            slowOnes.set(Integer.MAX_VALUE);
            send(cluster, values(0, 10));

            await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.ERROR);
            assertThat(repeated).hasValue(TakenBackTransactions.MOST_REPEATED);
            assertThat(cluster.records(cluster.names().scored())).isEmpty();
        }
    }

    private static void awaitAbort(String transactionalId) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            await().atMost(PATIENCE)
                    .until(() -> admin.describeTransactions(List.of(transactionalId))
                                    .description(transactionalId)
                                    .get()
                                    .state()
                            == TransactionState.COMPLETE_ABORT);
        }
    }

    private static void send(TestCluster cluster, List<String> values) {
        values.forEach(value -> cluster.send(cluster.names().raw(), 0, "key", value));
        cluster.flush();
    }

    private static List<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "value " + i).toList();
    }

    private KafkaStreams start(TopicNames names) {
        Topology topology = new Topology();
        topology.addSource("in", names.raw());
        topology.addSink("out", names.scored(), "in");
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, names.prefix() + "role");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("streams").toString());
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 2_000);
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        var takenBack = new TakenBackTransactions(repeated::incrementAndGet);
        KafkaStreams streams = new KafkaStreams(topology, config, new SlowClients(takenBack));
        streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        streams.start();
        return streams;
    }
}
