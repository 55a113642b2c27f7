package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.testing.BrokerProcess;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.testing.TriageProcess;
import io.tickettriage.topics.TopicCatalogue;
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
        try (BrokerProcess broker = BrokerProcess.start(directory);
                TestCluster cluster = new TestCluster(broker.bootstrap(), "", directory, Map.of());
                TriageProcess application = TriageProcess.start(
                        directory.resolve("application.log"),
                        List.of("-Xmx192m"),
                        "run",
                        "--bootstrap",
                        broker.bootstrap(),
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
            broker.startAgain();
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
        }
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
