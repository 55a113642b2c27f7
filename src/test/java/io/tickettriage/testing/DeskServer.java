package io.tickettriage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The program with a desk on topics of its own, the tickets that are sent to it, and what people say about them. */
public final class DeskServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] TEXTS = {
        "--set", "triage.output.explanation=all", "--set", "triage.output.human-readable=all"
    };

    private final TestCluster cluster;
    private final RunningTriage program;

    private DeskServer(TestCluster cluster, RunningTriage program) {
        this.cluster = cluster;
        this.program = program;
    }

    /** Starts all roles, and returns once they are ready. */
    public static DeskServer start(String bootstrap, String prefix, Path directory) throws IOException {
        return start(bootstrap, prefix, directory, "scoring,corrections,desk");
    }

    /** Starts some roles, and returns once they are ready. */
    public static DeskServer start(String bootstrap, String prefix, Path directory, String roles) throws IOException {
        TestCluster cluster = new TestCluster(bootstrap, prefix, directory, Map.of());
        RunningTriage program = RunningTriage.start(bootstrap, prefix, directory, roles, TEXTS);
        return new DeskServer(cluster, program.awaitReady());
    }

    public String url() {
        return program.url() + "/";
    }

    public TestCluster cluster() {
        return cluster;
    }

    /** Sends a ticket. */
    public void send(String id, Map<String, ?> fields) {
        cluster.send(cluster.names().raw(), id, Json.text(fields));
    }

    /** Sends a ticket that comes to review whatever the model thinks of it: it threatens with a lawyer. */
    public void sendDoubtful(String id, String text) {
        send(id, Map.of("text", text + ", or you will hear from my lawyer"));
    }

    /** Sends T-1, T-2 …, each older than the next. */
    public void sendDoubtful(int tickets) {
        for (int i = 1; i <= tickets; i++) {
            sendDoubtful("T-" + i, "Parcel number " + i + " is late");
            cluster.flush();
            awaitOpen(i);
        }
    }

    /** Sends the tickets of the demo. */
    public void sendDemo() throws IOException {
        int line = 0;
        for (String ticket : demo()) {
            cluster.send(cluster.names().raw(), "demo-" + ++line, ticket);
        }
        cluster.flush();
    }

    private static List<String> demo() throws IOException {
        try (InputStream in = DeskServer.class.getClassLoader().getResourceAsStream("demo/tickets.jsonl")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** Waits until so many tickets are open. */
    public void awaitOpen(int tickets) {
        await(tickets + " open tickets").atMost(PATIENCE).until(this::open, open -> open == tickets);
    }

    /** Waits until at least so many tickets are open. */
    public void awaitAtLeastOpen(int tickets) {
        await(tickets + " open tickets").atMost(PATIENCE).until(this::open, open -> open >= tickets);
    }

    /** How many tickets are open. */
    public int open() throws IOException, InterruptedException {
        return list().path("open").asInt(-1);
    }

    private JsonNode list() throws IOException, InterruptedException {
        return Json.tree(program.get("/api/review?limit=500").body());
    }

    /** Waits until no window holds a ticket. */
    public void awaitNobodyReading() {
        await("all claims are given back")
                .atMost(PATIENCE)
                .until(() -> list().path("tickets").findValues("claim").stream().allMatch(JsonNode::isNull));
    }

    /** What people have said, in the order in which they said it. */
    public List<JsonNode> said() {
        List<JsonNode> said = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                cluster.records(cluster.names().correctionsSubmitted())) {
            said.add(tree(record.value()));
        }
        said.sort(Comparator.comparing(one -> one.path("submitted_at").asText()));
        return said;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.tree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until people have said so many things, and returns them. */
    public List<JsonNode> awaitSaid(int submissions) {
        return await(submissions + " submissions")
                .atMost(PATIENCE)
                .until(this::said, said -> said.size() >= submissions);
    }

    @Override
    public void close() {
        program.close();
        cluster.close();
    }
}
