package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.service.Role;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From submissions to the exported file, on a real broker. */
class CorrectionsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Role> CORRECTIONS = Set.of(Role.CORRECTIONS);
    private static final Instant NINE = Instant.parse("2025-01-01T09:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private TestCluster cluster;

    @BeforeEach
    void createTopics() throws Exception {
        cluster = new TestCluster(
                BROKER.bootstrap(),
                BROKER.prefix(),
                directory,
                Map.of("tickets.scored", PARTITIONS, "tickets.corrections.submitted", PARTITIONS));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldJoinSubmissionsThatAnotherPartitionerPlacedAndRebuildTheSameFromTheTopics() throws Exception {
        List<String> ids = IntStream.range(0, 60).mapToObj(i -> "T-" + i).toList();
        cluster.start(CORRECTIONS);
        for (String id : ids) {
            cluster.sendScored(id, "text of " + id, "billing", "refund");
            int elsewhere = (Utils.toPositive(Utils.murmur2(id.getBytes(UTF_8))) + 1) % PARTITIONS;
            cluster.send(
                    cluster.names().correctionsSubmitted(),
                    elsewhere,
                    id,
                    TestCluster.submission(id, "intent", "delivery_issue", "ann", NINE));
        }
        cluster.flush();
        await().atMost(PATIENCE)
                .until(() -> cluster.latest(cluster.names().corrections()).size() == ids.size());
        String before = cluster.export();
        assertThat(before.lines()).hasSize(ids.size()).allSatisfy(line -> assertThat(line)
                .contains("\"text\":\"text of T-"));
        assertThat(cluster.export()).isEqualTo(before);

        cluster.stop();
        deleteState();
        cluster.start(CORRECTIONS);
        // Each of these can only be joined, and merged with the label before, by state that came back.
        ids.forEach(id -> cluster.send(
                cluster.names().correctionsSubmitted(),
                id,
                TestCluster.submission(id, "department", "logistics", "bob", NINE)));
        cluster.flush();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        cluster.latest(cluster.names().corrections()).values())
                .hasSize(ids.size())
                .allSatisfy(example -> assertThat(example)
                        .contains("\"department\":\"logistics\",\"intent\":\"delivery_issue\"")
                        .contains("\"text\":\"text of T-")));

        // Another application that reads both topics from their beginning comes to the same.
        String merged = cluster.export();
        int written = cluster.records(cluster.names().corrections()).size();
        cluster.stop();
        deleteState();
        cluster.start(CORRECTIONS, "triage.application.id=" + BROKER.prefix() + "another");
        await().atMost(PATIENCE)
                .until(() -> cluster.records(cluster.names().corrections()).size() >= written + ids.size()
                        && cluster.export().equals(merged));
    }

    @Test
    void shouldRemoveTheExampleOfARetractedCorrection() throws Exception {
        cluster.start(CORRECTIONS);
        cluster.sendScored("T-1", "parcel lost", "billing", "refund");
        assertThat(cluster.triage("corrections", "submit", "--ticket", "T-1", "--label", "intent=delivery_issue"))
                .satisfies(r -> assertThat(r.out()).isEqualToIgnoringNewLines("T-1"));
        TestCluster.Result text =
                cluster.triage("corrections", "submit", "--text", "charged twice", "--label", "intent=billing_issue");
        await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 2);

        assertThat(cluster.triage("corrections", "submit", "--ticket", "T-1", "--retract")
                        .code())
                .isZero();
        await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 1);
        assertThat(cluster.export()).contains("\"id\":\"" + text.out().strip() + "\"");

        assertThat(cluster.triage("corrections", "submit", "--text", "charged twice", "--retract")
                        .out())
                .isEqualTo(text.out());
        await().atMost(PATIENCE).until(() -> cluster.export().isEmpty());
        assertThat(cluster.records(cluster.names().corrections()))
                .filteredOn(record -> record.value() == null)
                .hasSize(2);
    }

    @Test
    void shouldLeaveAPoisonedBatchOutOfTheExport() throws Exception {
        cluster.start(CORRECTIONS);
        for (int i = 0; i < 520; i++) {
            cluster.sendScored("T-" + i, "text " + i, "billing", "refund");
        }
        cluster.flush();
        assertThat(cluster.triageOn(lines(500, 520, "refund", "ann"), "corrections", "submit", "-")
                        .code())
                .isZero();
        await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 20);
        String honest = cluster.export();

        assertThat(cluster.triageOn(lines(0, 500, "praise", "mallory"), "corrections", "submit", "-")
                        .err())
                .contains("sent 500 to ");
        await().atMost(PATIENCE).until(() -> cluster.export().lines().count() == 520);

        assertThat(cluster.export("--exclude-submitter", "mallory")).isEqualTo(honest);
    }

    @Test
    void shouldSendTheGoodLinesOfAFileUnlessItIsToBeStrict() throws Exception {
        String lines =
                "{\"ticket_id\":\"T-1\",\"labels\":{\"intent\":\"praise\"}}\n{\"ticket_id\":\"T-2\",\"labels\":[]}\n";
        TestCluster.Result strict = cluster.triageOn(lines, "corrections", "submit", "-", "--strict");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.err()).contains("line 2: INVALID_FIELD: ").contains("nothing was sent");
        assertThat(cluster.records(cluster.names().correctionsSubmitted())).isEmpty();

        TestCluster.Result tolerant = cluster.triageOn(lines, "corrections", "submit", "-", "--json", "--by", "ann");
        assertThat(tolerant.code()).isEqualTo(1);
        JsonNode printed = JSON.readTree(tolerant.out());
        assertThat(printed.path("sent").asInt()).isEqualTo(1);
        assertThat(printed.at("/invalid/0/line").asInt()).isEqualTo(2);
        assertThat(cluster.records(cluster.names().correctionsSubmitted()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(new String(record.key(), UTF_8)).isEqualTo("T-1");
                    assertThat(new String(record.value(), UTF_8)).contains("\"submitted_by\":\"ann\"");
                });
    }

    @Test
    void shouldRefuseToStartOnUnequalPartitionCounts() throws Exception {
        try (TestCluster unequal = new TestCluster(
                BROKER.bootstrap(),
                BROKER.prefix() + "unequal.",
                directory,
                Map.of("tickets.scored", 2, "tickets.corrections.submitted", 3))) {
            TestCluster.Result result = TestCluster.execute(
                    "run",
                    "--roles",
                    "corrections",
                    "--bootstrap",
                    BROKER.bootstrap(),
                    "--http-port",
                    "0",
                    "--set",
                    "triage.topic.prefix=" + unequal.names().prefix());

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains(unequal.names().scored() + " has 2 partitions")
                    .contains(unequal.names().correctionsSubmitted() + " has 3 partitions")
                    .contains("equally many");
        }
    }

    @Test
    void shouldNameTheCommandThatCreatesTheTopicsWhereThereAreNone() {
        TestCluster.Result result = TestCluster.execute(
                "corrections",
                "export",
                "--out",
                directory.resolve("none.jsonl").toString(),
                "--bootstrap",
                BROKER.bootstrap(),
                "--prefix",
                "nowhere.");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("nowhere.tickets.corrections").contains("topics apply");
        assertThat(directory.resolve("none.jsonl")).doesNotExist();
    }

    private static String lines(int from, int to, String intent, String by) {
        return IntStream.range(from, to)
                .mapToObj(i -> TestCluster.submission("T-" + i, "intent", intent, by, NINE))
                .collect(joining("\n"));
    }

    private void deleteState() throws Exception {
        Path state = directory.resolve("state");
        assertThat(state).isNotEmptyDirectory();
        try (Stream<Path> tree = Files.walk(state)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
