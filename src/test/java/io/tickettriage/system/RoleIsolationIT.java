package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.broker.FreePort;
import io.tickettriage.service.Role;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The corrections role can neither stop scoring nor take it along when it fails. */
class RoleIsolationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BATCH = 50;

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private TestCluster cluster;

    private int sent;

    @BeforeEach
    void createTopics() throws Exception {
        cluster = new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldGoOnScoringWhenTheCorrectionsRoleIsStoppedAndCatchUpWhenItIsBack() throws Exception {
        cluster.start(Set.of(Role.SCORING));
        cluster.start(Set.of(Role.CORRECTIONS), "triage.state.dir=" + directory.resolve("corrections-state"));
        scoreABatch();
        cluster.stop();

        scoreABatch();
        correct("T-0");
        correct("T-" + (sent - 1));

        cluster.start(Set.of(Role.CORRECTIONS), "triage.state.dir=" + directory.resolve("corrections-state"));
        await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 2);
    }

    @Test
    void shouldGoOnScoringInTheSameProcessWhenTheCorrectionsRoleFailsAndRestartItUnaided() throws Exception {
        int httpPort = FreePort.find();
        cluster.start(Set.of(Role.SCORING, Role.CORRECTIONS), "triage.http.port=" + httpPort);
        scoreABatch();
        // No example fits any more, and an output that cannot be sent ends the role: nothing is skipped.
        cluster.alter(cluster.names().corrections(), Map.of("max.message.bytes", "100"));
        correct("T-0");
        await().atMost(PATIENCE).until(() -> failures(httpPort) >= 1);

        scoreABatch();
        assertThat(get(httpPort, "/live").statusCode()).isEqualTo(200);

        cluster.alter(cluster.names().corrections(), Map.of("max.message.bytes", "4194304"));
        await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 1);
        await().atMost(PATIENCE).until(() -> get(httpPort, "/ready").statusCode() == 200);
    }

    private void scoreABatch() {
        for (int i = 0; i < BATCH; i++) {
            cluster.send(cluster.names().raw(), null, "{\"id\":\"T-" + sent++ + "\",\"text\":\"where is my parcel\"}");
        }
        cluster.flush();
        await().atMost(PATIENCE)
                .until(() -> cluster.records(cluster.names().scored()).size() == sent);
    }

    private void correct(String id) {
        assertThat(cluster.triage("corrections", "submit", "--ticket", id, "--label", "intent=praise")
                        .code())
                .isZero();
    }

    private static double failures(int httpPort) throws Exception {
        return get(httpPort, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("triage_role_failures_total") && line.contains("corrections"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static HttpResponse<String> get(int httpPort, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
