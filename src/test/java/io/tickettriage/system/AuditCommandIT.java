package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.service.Role;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private TestCluster cluster;

    @BeforeEach
    void createTopics() throws Exception {
        cluster = new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellAllThatHappenedToATicketInOrderAndNothingOfOthers() throws Exception {
        cluster.start(Set.of(Role.SCORING, Role.CORRECTIONS));
        cluster.send(cluster.names().raw(), "T-1", "{\"subject\":\"parcel\",\"body\":\"never arrived\\u001b[31m\"}");
        cluster.send(cluster.names().raw(), "T-1", "{\"text\":\"parcel still not here\"}");
        cluster.send(cluster.names().raw(), "T-2", "{\"text\":\"somebody else's\"}");
        cluster.send(cluster.names().raw(), "T-1", "broken");
        cluster.flush();
        await().atMost(PATIENCE)
                .until(() -> cluster.records(cluster.names().scored()).size() == 3);
        submit("ann", "intent=complaint", "--note", "loud");
        submit("bob", "intent=delivery_issue");
        cluster.send(
                cluster.names().correctionsSubmitted(),
                null,
                "{\"ticket_id\":\"T-1\",\"labels\":{\"mood\":\"bad\"},\"submitted_by\":\"eve\\u001b[2J\"}");
        cluster.flush();
        await().atMost(PATIENCE).until(() -> cluster.export().contains("\"by\":\"bob\""));

        JsonNode told = JSON.readTree(cluster.triage("audit", "T-1", "--json").out());
        assertThat(told.at("/ticket/text").asText()).isEqualTo("parcel still not here");
        assertThat(told.path("predictions")).hasSize(2).allSatisfy(prediction -> {
            assertThat(prediction.path("model_version").asText()).isNotBlank();
            assertThat(prediction.path("queue").asText()).isNotBlank();
            assertThat(prediction.at("/prediction/intent/label").asText()).isNotBlank();
        });
        assertThat(told.path("queued")).hasSize(2);
        assertThat(told.path("rejected")).hasSize(1);
        assertThat(told.at("/rejected/0/reason").asText()).startsWith("INVALID_JSON");
        assertThat(told.path("submissions"))
                .extracting(s -> s.at("/submission/submitted_by").asText() + " "
                        + s.path("status").asText())
                .containsExactlyInAnyOrder("ann valid", "bob valid", "eve\u001b[2J rejected");
        assertThat(told.at("/example/intent").asText()).isEqualTo("delivery_issue");
        assertThat(told.toString()).doesNotContain("somebody else");

        TestCluster.Result page = cluster.triage("audit", "T-1");
        assertThat(page.code()).isZero();
        assertThat(page.out())
                .containsSubsequence(
                        "Ticket T-1",
                        "parcel still not here",
                        "Predictions",
                        "model ",
                        "Submissions",
                        "valid: intent=complaint, by ann",
                        "note: loud",
                        "valid: intent=delivery_issue, by bob",
                        "Example",
                        "intent=delivery_issue, predicted ")
                .contains("rejected: UNKNOWN_HEAD")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldSayWhereItLookedForATicketNobodyKnows() {
        TestCluster.Result result = cluster.triage("audit", "T-404");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("nothing is known about ticket \"T-404\"")
                .contains(cluster.names().scored());
    }

    @Test
    void shouldSayThatACorrectionWaitsForItsTicket() {
        submit("ann", "intent=complaint");

        assertThat(cluster.triage("audit", "T-1").out())
                .contains("Predictions: none")
                .contains("valid: intent=complaint, by ann")
                .contains("waits for its ticket");
    }

    private void submit(String by, String label, String... more) {
        String[] arguments = {"corrections", "submit", "--ticket", "T-1", "--label", label, "--by", by};
        String[] all = Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
        assertThat(cluster.triage(all).code()).isZero();
    }
}
