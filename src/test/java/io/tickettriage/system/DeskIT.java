package io.tickettriage.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.broker.FreePort;
import io.tickettriage.service.Role;
import io.tickettriage.testing.DeskClient;
import io.tickettriage.testing.DeskClient.Answer;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do at the desk, over HTTP, on a real broker. */
class DeskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private TestCluster cluster;

    @BeforeEach
    void createTopics() throws Exception {
        cluster = new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private DeskClient start(Set<Role> roles, String... settings) throws Exception {
        int port = FreePort.find();
        String[] all = Stream.concat(
                        Stream.of("triage.http.port=" + port, "triage.state.dir=" + directory.resolve("state-" + port)),
                        Stream.of(settings))
                .toArray(String[]::new);
        cluster.start(roles, all);
        DeskClient client = new DeskClient(port, "ann", "window-1");
        await().atMost(PATIENCE).until(() -> client.get("/ready").status() == 200);
        return client;
    }

    /** Tickets that nobody understands, so that all of them go to review. */
    private void sendDoubtful(int from, int to) {
        for (int i = from; i < to; i++) {
            cluster.send(cluster.names().raw(), "T-" + i, "{\"text\":\"xqzt wvrk %d plomf grent\"}".formatted(i));
        }
        cluster.flush();
    }

    private static void awaitOpen(DeskClient client, int open) {
        await().atMost(PATIENCE)
                .until(() -> client.get("/api/review").json().path("open").asInt() == open);
    }

    @Test
    void shouldDecideATicketOnceHoweverOftenTheDecisionIsSentAndTakeItBack() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.CORRECTIONS, Role.DESK));
        sendDoubtful(0, 2);
        awaitOpen(ann, 2);

        String decision = "{\"ticket_id\":\"T-0\",\"labels\":{\"department\":\"logistics\"},\"review\":true}";
        ExecutorService windows = Executors.newFixedThreadPool(4);
        try {
            List<Future<Answer>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> windows.submit(() -> ann.post("/api/corrections", decision, "key-1")))
                    .toList();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(200, 201);
            }
        } finally {
            windows.shutdown();
        }
        assertThat(cluster.records(cluster.names().correctionsSubmitted())).hasSize(1);
        awaitOpen(ann, 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ann.get("/api/tickets/T-0")
                        .json()
                        .at("/example/labels/department")
                        .asText())
                .isEqualTo("logistics"));

        assertThat(ann.post("/api/corrections", "{\"ticket_id\":\"T-0\",\"labels\":null}", "key-2")
                        .status())
                .isEqualTo(201);
        assertThat(ann.get("/api/tickets/T-0").json().path("state").asText()).isEqualTo("open");
        await().atMost(PATIENCE)
                .until(() -> cluster.latest(cluster.names().corrections()).isEmpty());
    }

    @Test
    void shouldTakeOneDecisionAloneWhereSeveralPeopleDecideATicketAtOnce() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.DESK));
        DeskClient elsewhere = start(Set.of(Role.DESK));
        sendDoubtful(0, 1);
        awaitOpen(ann, 1);
        awaitOpen(elsewhere, 1);
        String decision = "{\"ticket_id\":\"T-0\",\"labels\":{\"department\":\"sales\"},\"review\":true}";
        List<Integer> statuses = new ArrayList<>();
        ExecutorService people = Executors.newFixedThreadPool(6);
        try {
            List<Future<Answer>> answers = IntStream.range(0, 6)
                    .mapToObj(i -> people.submit(() -> (i % 2 == 0 ? ann : elsewhere)
                            .as("p" + i, "w" + i)
                            .post("/api/corrections", decision, "key-" + i)))
                    .toList();
            for (Future<Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
        } finally {
            people.shutdown();
        }
        assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
        assertThat(cluster.records(cluster.names().correctionsSubmitted())).hasSize(1);
        assertThat(ann.post("/api/claims", "null", "").status()).isEqualTo(400);
        assertThat(ann.post("/api/claims", "", "").status()).isEqualTo(400);
    }

    @Test
    void shouldNeverGiveTwoPeopleTheSameTicketThoughTheyTalkToTwoInstances() throws Exception {
        int tickets = 60;
        DeskClient first = start(Set.of(Role.SCORING, Role.DESK));
        DeskClient second = start(Set.of(Role.DESK));
        sendDoubtful(0, tickets);
        awaitOpen(first, tickets);
        awaitOpen(second, tickets);

        ConcurrentLinkedQueue<String> claimed = new ConcurrentLinkedQueue<>();
        ExecutorService people = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> done = IntStream.range(0, 6)
                    .<Future<?>>mapToObj(i -> people.submit(() -> {
                        DeskClient person = (i % 2 == 0 ? first : second).as("p" + i, "w" + i);
                        List<String> mine = new ArrayList<>();
                        for (int n = 0; n < tickets / 6; n++) {
                            Answer next = person.post("/api/claims", Map.of("skip", mine));
                            assertThat(next.status()).isEqualTo(200);
                            mine.add(next.json().at("/ticket/id").asText());
                        }
                        claimed.addAll(mine);
                        return null;
                    }))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            people.shutdown();
        }
        assertThat(claimed).hasSize(tickets).doesNotHaveDuplicates();
        assertThat(second.as("late", "w").post("/api/claims", Map.of()).status())
                .isEqualTo(204);
    }

    @Test
    void shouldShowTheSameAfterARestart() throws Exception {
        DeskClient before = start(Set.of(Role.SCORING, Role.CORRECTIONS, Role.DESK));
        sendDoubtful(0, 20);
        awaitOpen(before, 20);
        before.post("/api/corrections", Map.of("ticket_id", "T-3", "labels", Map.of("department", "sales")));
        before.post("/api/claims/T-4", Map.of());
        JsonNode list = before.get("/api/review").json();
        cluster.stop();

        DeskClient after = start(Set.of(Role.DESK));
        assertThat(after.get("/api/review").json()).isEqualTo(list);
        assertThat(after.get("/api/tickets/T-3").json().path("state").asText()).isEqualTo("decided");
        assertThat(after.as("bob", "w").post("/api/claims/T-4", Map.of()).status())
                .isEqualTo(409);
    }

    @Test
    void shouldAnswerPlainlyWhatCannotBe() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.DESK));
        DeskClient bob = ann.as("bob", "window-2");
        sendDoubtful(0, 3);
        awaitOpen(ann, 3);

        assertThat(ann.get("/api/tickets/nobody").status()).isEqualTo(404);
        assertThat(ann.post("/api/claims/nobody", Map.of()).status()).isEqualTo(404);
        Answer unknownLabel =
                ann.post("/api/corrections", Map.of("ticket_id", "T-0", "labels", Map.of("intent", "warranty")));
        assertThat(unknownLabel.status()).isEqualTo(400);
        assertThat(unknownLabel.json().path("reason").asText()).isEqualTo("UNKNOWN_LABEL");
        assertThat(ann.post("/api/corrections", Map.of("ticket_id", "T-0")).status())
                .isEqualTo(400);
        assertThat(ann.post("/api/corrections", "{\"ticket_id\":\"T-0\",\"labels\":[]}", "k")
                        .status())
                .isEqualTo(400);

        assertThat(ann.post("/api/claims/T-0", Map.of()).status()).isEqualTo(200);
        Answer taken = bob.post("/api/claims/T-0", Map.of());
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().at("/claim/by").asText()).isEqualTo("ann");
        Map<String, Object> decision =
                Map.of("ticket_id", "T-0", "labels", Map.of("department", "sales"), "review", true);
        assertThat(bob.post("/api/corrections", decision).status()).isEqualTo(409);
        assertThat(ann.post("/api/corrections", decision).status()).isEqualTo(201);
        Answer late = bob.post("/api/corrections", decision);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().at("/decided/by").asText()).isEqualTo("ann");

        Map<String, Object> proposal =
                Map.of("ticket_id", "T-1", "proposed", Map.of("intent", "warranty claim"), "review", true);
        assertThat(bob.post("/api/corrections", proposal).status()).isEqualTo(201);
        awaitOpen(ann, 1);
        assertThat(ann.get("/api/stats").json().path("proposed").toString())
                .isEqualTo("[{\"head\":\"intent\",\"label\":\"warranty claim\",\"count\":1}]");
    }

    @Test
    void shouldFindTicketsByIdAndWordsAndOfferSpotChecks() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.DESK));
        cluster.send(cluster.names().raw(), "odd / id?", "{\"text\":\"I was charged twice, refund me please\"}");
        cluster.send(cluster.names().raw(), "T-2", "{\"text\":\"paisa wapas karo, do baar kata\"}");
        cluster.flush();
        await().atMost(PATIENCE)
                .until(() -> ann.get("/api/search?q=").json().path("searched").asInt() == 2);
        assertThat(ids(ann.get("/api/search?q=CHARGED+refund"))).containsExactly("odd / id?");
        assertThat(ids(ann.get("/api/search?q=t-2"))).containsExactly("T-2");
        assertThat(ids(ann.get("/api/search?q=nowhere"))).isEmpty();
        assertThat(ann.get("/api/tickets/odd%20%2F%20id%3F").json().path("id").asText())
                .isEqualTo("odd / id?");
        assertThat(ids(ann.get("/api/spot-checks"))).contains("odd / id?");
        Answer encoded = ann.get("/api/tickets/=" + BASE64.encodeToString("odd / id?".getBytes(UTF_8)));
        assertThat(encoded.json().path("id").asText()).isEqualTo("odd / id?");
        assertThat(ann.get("/api/tickets/=%21").status()).isEqualTo(400);
        assertThat(ann.post("/api/try", Map.of("text", "refund me"))
                        .json()
                        .path("prediction")
                        .has("department"))
                .isTrue();
        assertThat(ann.post("/api/try", "[]", "").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a\\\\b", "\\u0007", "=x", "%2e"})
    void shouldLetPeopleDecideATicketWhateverItsId(String id) throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.DESK));
        cluster.send(cluster.names().raw(), "key", "{\"id\":\"" + id + "\",\"text\":\"xqzt wvrk plomf\"}");
        cluster.flush();
        awaitOpen(ann, 1);
        String given = ann.post("/api/claims", Map.of()).json().at("/ticket/id").asText();
        String path = "/api/claims/=" + BASE64.encodeToString(given.getBytes(UTF_8));
        assertThat(ann.post(path, Map.of()).status()).isEqualTo(200);
        assertThat(ann.delete(path).status()).isEqualTo(204);
        assertThat(ann.post(
                                "/api/corrections",
                                Map.of("ticket_id", given, "labels", Map.of("department", "sales"), "review", true))
                        .status())
                .isEqualTo(201);
        awaitOpen(ann, 0);
    }

    private static List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.json().path("tickets").spliterator(), false)
                .map(ticket -> ticket.path("id").asText())
                .toList();
    }

    @Test
    void shouldTellWhatHappensAsItHappens() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.DESK));
        assertThat(ann.get("/api/events").status()).isEqualTo(406);
        List<String> events = new CopyOnWriteArrayList<>();
        ann.follow("/api/events", events::add);
        await().atMost(PATIENCE).until(() -> events.contains("event: counts"));
        cluster.send(cluster.names().raw(), "टिकट", "{\"text\":\"xqzt wvrk plomf grent\"}");
        cluster.flush();
        await().atMost(PATIENCE)
                .until(() -> events.contains("data: {\"id\":\"टिकट\",\"change\":\"opened\",\"by\":\"\"}"));
    }

    @Test
    void shouldServeThePageWithItsFilesAndAPolicyThatLetsNothingElseRun() throws Exception {
        DeskClient ann = start(Set.of(Role.DESK));
        var page = ann.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("x-frame-options")).isEqualTo("DENY");
        String app = page.body().replaceAll("(?s).*src=\"([^\"]*/app.js)\".*", "$1");
        var script = ann.get(app);
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("cache-control")).contains("immutable");
        assertThat(script.header("content-type")).startsWith("text/javascript");
        assertThat(ann.get(app.replace("app.js", "nothing.js")).status()).isEqualTo(404);
    }

    @Test
    void shouldRefuseRequestsOfOtherSites() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.DESK));
        assertThat(
                        ann.raw(
                                "POST /api/claims HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Triage-Name: x\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 403");
        assertThat(ann.raw("GET /api/review HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(ann.raw("GET /api/review HTTP/1.1\r\nHost: localhost:1\r\nOrigin: http://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(ann.raw("GET /api/review HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(ann.raw("GET /api/review HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(ann.as("", "w").post("/api/claims", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void shouldAskForATokenWhereOneIsNeededAndLetOperatorsAloneLearn() throws Exception {
        Path tokens = directory.resolve("tokens");
        Files.writeString(tokens, """
                # name role token
                ann reviewer 0123456789abcdef0
                root operator fedcba98765432100
                """, UTF_8);
        DeskClient nobody = start(
                Set.of(Role.DESK),
                "triage.desk.tokens.file=" + tokens.toAbsolutePath(),
                "triage.desk.learn.command=echo published m2 \"as the active\" model");
        assertThat(nobody.get("/api/review").status()).isEqualTo(401);
        assertThat(nobody.withToken("0123456789abcdef1").get("/api/review").status())
                .isEqualTo(401);
        DeskClient ann = nobody.withToken("0123456789abcdef0");
        assertThat(ann.get("/api/session").json().path("name").asText()).isEqualTo("ann");
        assertThat(ann.get("/api/session").json().path("learn").asBoolean()).isFalse();
        assertThat(ann.post("/api/learn", Map.of()).status()).isEqualTo(403);
        DeskClient root = nobody.withToken("fedcba98765432100");
        assertThat(root.post("/api/learn", Map.of()).status()).isEqualTo(202);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        root.get("/api/learn").json().path("state").asText())
                .isEqualTo("done"));
        assertThat(root.get("/api/learn").json().path("model").asText()).isEqualTo("m2");
    }

    @Test
    void shouldAnswerAsItsOpenApiDocumentSays() throws Exception {
        DeskClient ann = start(Set.of(Role.SCORING, Role.CORRECTIONS, Role.DESK));
        sendDoubtful(0, 3);
        awaitOpen(ann, 3);
        ann.post("/api/corrections", Map.of("ticket_id", "T-0", "labels", Map.of("department", "sales"), "note", "n"));
        await().atMost(PATIENCE)
                .until(() -> ann.get("/api/tickets/T-0").json().path("example").isObject());
        ann.post("/api/claims/T-1", Map.of());
        OpenApiDocument document =
                OpenApiDocument.of(ann.get("/api/openapi.json").json());
        for (String path : List.of(
                "/api/session",
                "/api/taxonomy",
                "/api/review",
                "/api/tickets/T-0",
                "/api/tickets/T-1",
                "/api/search",
                "/api/spot-checks",
                "/api/stats",
                "/api/learn",
                "/api/tickets/unknown")) {
            Answer answer = ann.get(path);
            assertThat(document.problems("get", path, answer.status(), answer.body()))
                    .as(path)
                    .isEmpty();
        }
        Answer tried = ann.post("/api/try", Map.of("text", "where is my parcel"));
        assertThat(document.problems("post", "/api/try", tried.status(), tried.body()))
                .isEmpty();
        Answer next = ann.post("/api/claims", Map.of());
        assertThat(document.problems("post", "/api/claims", next.status(), next.body()))
                .isEmpty();
        Answer taken = ann.as("bob", "w").post("/api/claims/T-1", Map.of());
        assertThat(taken.status()).isEqualTo(409);
        assertThat(document.problems("post", "/api/claims/T-1", taken.status(), taken.body()))
                .isEmpty();
        Answer decided = ann.post(
                "/api/corrections",
                Map.of("ticket_id", "T-1", "labels", Map.of("department", "sales"), "review", true));
        assertThat(document.problems("post", "/api/corrections", decided.status(), decided.body()))
                .isEmpty();
        assertThat(ann.get("/nothing").json().path("detail").asText())
                .contains(document.paths().toArray(String[]::new));
    }
}
