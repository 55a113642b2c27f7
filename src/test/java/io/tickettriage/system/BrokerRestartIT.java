package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.broker.FreePort;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.testing.TriageProcess;
import io.tickettriage.topics.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker dies under load and comes back: the application recovers unaided, and nothing is lost or done twice. */
class BrokerRestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BATCH = 2_000;

    @TempDir
    private Path directory;

    @Test
    void shouldDeliverEveryTicketExactlyOnceWhenTheBrokerIsKilledAndStartedAgain() throws Exception {
        int port = FreePort.find();
        String bootstrap = "127.0.0.1:" + port;
        TriageProcess broker = startBroker(port);
        try (TestCluster cluster = new TestCluster(bootstrap, "", directory, Map.of());
                TriageProcess application = TriageProcess.start(
                        directory.resolve("application.log"),
                        List.of("-Xmx192m"),
                        "run",
                        "--bootstrap",
                        bootstrap,
                        "--http-port",
                        "0",
                        "--set",
                        "triage.state.dir=" + directory.resolve("state"))) {
            send(cluster, 0, BATCH);
            cluster.flush();
            await().atMost(PATIENCE).until(() -> !scored(cluster).isEmpty());
            cluster.send(
                    cluster.names().correctionsSubmitted(),
                    "T-0",
                    "{\"labels\":{\"intent\":\"praise\"},\"submitted_by\":\"ann\"}");
            send(cluster, BATCH, 2 * BATCH);

            broker.kill();
            Files.delete(directory.resolve("broker.log"));
            broker = startBroker(port);
            send(cluster, 2 * BATCH, 3 * BATCH);
            cluster.flush();

            List<String> expected = IntStream.range(0, 3 * BATCH)
                    .mapToObj(i -> "T-" + i)
                    .sorted()
                    .toList();
            await().atMost(PATIENCE).until(() -> scored(cluster).size() >= expected.size());
            await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 1);
            assertThat(application.isAlive()).isTrue();
            assertThat(scored(cluster)).containsExactlyElementsOf(expected);
            assertThat(queued(cluster)).containsExactlyElementsOf(expected);
            assertThat(application.terminate()).isEqualTo(143);
        } finally {
            broker.close();
        }
    }

    private TriageProcess startBroker(int port) throws Exception {
        Path log = directory.resolve("broker.log");
        TriageProcess broker = TriageProcess.start(
                log,
                List.of("-Xmx256m"),
                "broker",
                "--port",
                Integer.toString(port),
                "--data",
                directory.resolve("broker").toString());
        await().atMost(PATIENCE)
                .until(() -> Files.exists(log) && Files.readString(log).contains("READY "));
        return broker;
    }

    private static void send(TestCluster cluster, int from, int to) {
        for (int i = from; i < to; i++) {
            cluster.send(cluster.names().raw(), "T-" + i, "{\"text\":\"where is my refund\"}");
        }
    }

    private static List<String> scored(TestCluster cluster) {
        return keys(cluster.records(cluster.names().scored()).stream());
    }

    private static List<String> queued(TestCluster cluster) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String queue : TopicCatalogue.load().queues()) {
            records.addAll(cluster.records(cluster.names().queue(queue)));
        }
        return keys(records.stream());
    }

    private static List<String> keys(Stream<ConsumerRecord<byte[], byte[]>> records) {
        return records.map(record -> new String(record.key(), UTF_8)).sorted().toList();
    }
}
