package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.service.Role;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.testing.TestModels;
import io.tickettriage.topics.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DEFAULT = Path.of("src/main/resources/models/default.json");
    private static final int TICKETS = 40;

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private TestCluster cluster;

    @BeforeEach
    void sendTickets() throws Exception {
        cluster = new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of());
        String[] texts = {"please refund me", "the parcel is late", "crash at login", "what is the price", "hello"};
        for (int i = 0; i < TICKETS; i++) {
            // Tickets without an id get it from where they are, in the replay too.
            String id = i % 2 == 0 ? "" : "\"id\":\"T-" + i + "\",";
            cluster.send(cluster.names().raw(), null, "{" + id + "\"text\":\"" + texts[i % texts.length] + "\"}");
        }
        cluster.send(cluster.names().raw(), "broken", "{");
        cluster.flush();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldWriteTheSameBytesTheApplicationWroteWithTheSameModel() throws Exception {
        score();
        Path first = directory.resolve("first.jsonl");
        Path second = directory.resolve("second.jsonl");
        JsonNode printed = replay(DEFAULT, "--out", first.toString(), "--diff");
        replay(DEFAULT, "--out", second.toString());

        assertThat(printed.path("records").asInt()).isEqualTo(TICKETS + 1);
        assertThat(printed.path("rejected").asInt()).isEqualTo(1);
        assertThat(printed.at("/diff/compared").asInt()).isEqualTo(TICKETS);
        assertThat(printed.at("/diff/differ").asInt()).isZero();
        assertThat(Files.readAllLines(first))
                .containsExactlyInAnyOrderElementsOf(
                        cluster.records(cluster.names().scored()).stream()
                                .map(record -> new String(record.value(), UTF_8))
                                .toList());
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void shouldSendTheSameRecordsToTopicsWithAnotherPrefix() throws Exception {
        score();
        try (TestCluster trial = new TestCluster(BROKER.bootstrap(), BROKER.prefix() + "trial.", directory, Map.of())) {
            replay(DEFAULT, "--to-prefix", trial.names().prefix());

            List<String> topics = new ArrayList<>(List.of("tickets.scored", "tickets.dlq"));
            TopicCatalogue.load().queues().forEach(queue -> topics.add("tickets.queue." + queue));
            for (String topic : topics) {
                assertThat(described(trial, topic))
                        .as(topic)
                        .containsExactlyInAnyOrderElementsOf(described(cluster, topic));
            }
        }
        assertThat(cluster.records(cluster.names().scored())).hasSize(TICKETS);
    }

    @Test
    void shouldShowWhatAnotherModelWouldChange() throws Exception {
        // Where the answer was billing, this model says technical, and so on.
        Path other = directory.resolve("other.json");
        Files.write(other, TestModels.bytes("other", List.of("technical", "sales", "general", "billing", "logistics")));
        Path plain = directory.resolve("plain.json");
        Files.write(plain, TestModels.bytes("plain", 6));

        JsonNode diff = replay(other, "--diff", "--against", plain.toString(), "--examples", "2")
                .path("diff");

        assertThat(diff.path("against").asText()).isEqualTo("model plain");
        assertThat(diff.path("compared").asInt()).isEqualTo(TICKETS);
        assertThat(diff.at("/heads/department/changed").asInt()).isEqualTo(TICKETS);
        assertThat(diff.path("heads").has("intent")).isFalse();
        assertThat(diff.at("/heads/department/changes"))
                .hasSize(5)
                .allSatisfy(change -> {
                    assertThat(change.path("n").asInt()).isEqualTo(TICKETS / 5);
                    assertThat(change.path("examples")).hasSize(2);
                })
                .anySatisfy(change -> assertThat(change.path("from").asText() + " -> "
                                + change.path("to").asText())
                        .isEqualTo("billing -> technical"));
        assertThat(cluster.triage("replay", "--model", other.toString(), "--diff", "--against", plain.toString())
                        .out())
                .contains("department: 40 of 40 change")
                .contains("billing -> technical: 8")
                .contains("please refund me");
    }

    @Test
    void shouldReplayOnlyTheChosenRange() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> raw =
                cluster.records(cluster.names().raw());
        long inFirst = raw.stream()
                .filter(record -> record.partition() == 0 && record.offset() >= 1 && record.offset() < 3)
                .count();

        assertThat(replay(DEFAULT, "--diff", "--partition", "0", "--from-offset", "1", "--to-offset", "3")
                        .path("records")
                        .asLong())
                .isEqualTo(inFirst);
        assertThat(replay(DEFAULT, "--diff", "--from", "2035-01-01T00:00:00Z")
                        .path("records")
                        .asInt())
                .isZero();
        assertThat(replay(DEFAULT, "--diff", "--to", "2035-01-01T00:00:00Z")
                        .path("records")
                        .asInt())
                .isEqualTo(TICKETS + 1);
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() {
        assertThat(cluster.triage("replay", "--model", DEFAULT.toString()).code())
                .isEqualTo(2);
        assertThat(cluster.triage(
                                "replay",
                                "--model",
                                DEFAULT.toString(),
                                "--diff",
                                "--from-offset",
                                "5",
                                "--to-offset",
                                "5")
                        .err())
                .contains("the range ends before it begins");
        assertThat(cluster.triage("replay", "--model", DEFAULT.toString(), "--to-prefix", BROKER.prefix()))
                .satisfies(result -> {
                    assertThat(result.code()).isEqualTo(1);
                    assertThat(result.err()).contains("names the topics the tickets come from");
                });
        assertThat(cluster.triage("replay", "--model", DEFAULT.toString(), "--diff", "--partition", "99")
                        .err())
                .contains("has the partitions 0 to");
    }

    private void score() throws Exception {
        cluster.start(Set.of(Role.SCORING));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> cluster.records(cluster.names().scored()).size() == TICKETS
                        && cluster.records(cluster.names().dlq()).size() == 1);
    }

    private JsonNode replay(Path model, String... options) throws Exception {
        TestCluster.Result result = cluster.triage(
                Stream.concat(Stream.of("replay", "--json", "--model", model.toString()), Arrays.stream(options))
                        .toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }

    /** Key, headers and value of every record. */
    private static List<String> described(TestCluster of, String topic) {
        return of.records(of.names().of(topic)).stream()
                .map(record -> {
                    StringBuilder text = new StringBuilder();
                    text.append(record.key() == null ? "" : new String(record.key(), UTF_8));
                    record.headers().forEach(header -> text.append(' ')
                            .append(header.key())
                            .append('=')
                            .append(new String(header.value(), UTF_8)));
                    return text.append(' ')
                            .append(new String(record.value(), UTF_8))
                            .toString();
                })
                .toList();
    }
}
