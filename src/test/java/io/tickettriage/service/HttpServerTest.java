package io.tickettriage.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Meters meters = new Meters();
    private final Health health = new Health();
    private final AtomicBoolean live = new AtomicBoolean(true);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldBeReadyOnceEveryCheckIsTrue() throws Exception {
        AtomicBoolean model = new AtomicBoolean();
        health.add("scoring", () -> true);
        health.add("model", model::get);
        try (HttpServer server = start(OpsRoutes.of(meters, live::get, health))) {
            HttpResponse<String> before = get(server, "/ready");
            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(before.body())
                    .isEqualTo(
                            "{\"ready\":false,\"checks\":{\"model\":false,\"scoring\":true},\"failing\":[\"model\"]}");
            model.set(true);
            HttpResponse<String> after = get(server, "/ready");
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(after.body()).isEqualTo("{\"ready\":true,\"checks\":{\"model\":true,\"scoring\":true}}");
            assertThat(after.headers().firstValue("content-type")).hasValue("application/json");
        }
    }

    @Test
    void shouldNotBeReadyWithoutChecksOrWhileOneThrows() {
        assertThat(health.isReady()).isFalse();
        health.add("topics", () -> {
            throw new IllegalStateException("not known yet");
        });
        assertThat(health.isReady()).isFalse();
        assertThat(health.answer().status()).isEqualTo(503);
        health.add("topics", () -> true);
        assertThat(health.isReady()).isTrue();
    }

    @Test
    void shouldTellWhenOnlyARestartHelps() throws Exception {
        try (HttpServer server = start(OpsRoutes.of(meters, live::get, health))) {
            assertThat(get(server, "/live").statusCode()).isEqualTo(200);
            live.set(false);
            assertThat(get(server, "/live").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void shouldExposeOurMetersAndTheJvms() throws Exception {
        Counter.builder("triage.tickets")
                .tag("outcome", "scored")
                .register(meters.registry())
                .increment(3);
        try (HttpServer server = start(OpsRoutes.of(meters, live::get, health))) {
            HttpResponse<String> metrics = get(server, "/metrics");
            assertThat(metrics.headers().firstValue("content-type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.body().lines())
                    .contains("triage_tickets_total{outcome=\"scored\"} 3.0")
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.startsWith("process_uptime_seconds "));
        }
    }

    @Test
    void shouldHandQueryAndBodyToTheRoute() throws Exception {
        Route echo = Route.post(
                "/echo",
                request -> HttpAnswer.text(200, request.query().get("name") + ":" + new String(request.body(), UTF_8)));
        try (HttpServer server = start(List.of(echo))) {
            assertThat(post(server, "/echo?name=a%20b&x", "größe".getBytes(UTF_8))
                            .body())
                    .isEqualTo("a b:größe\n");
        }
    }

    @Test
    void shouldRefuseABrokenEscapeInAQuery() {
        assertThat(HttpRequest.parseQuery("a=1&a=2&b")).containsExactly(Map.entry("a", "2"), Map.entry("b", ""));
        assertThatThrownBy(() -> HttpRequest.parseQuery("a=%zz")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAnswerWhatItDoesNotServe() throws Exception {
        try (HttpServer server = start(List.of(Route.get("/live", request -> HttpAnswer.text(200, "yes"))))) {
            assertThat(get(server, "/nothing").statusCode()).isEqualTo(404);
            assertThat(get(server, "/nothing").body()).contains("/live");
            assertThat(get(server, "/live/below").statusCode()).isEqualTo(404);
            HttpResponse<String> wrongMethod = post(server, "/live", new byte[1]);
            assertThat(wrongMethod.statusCode()).isEqualTo(405);
            assertThat(wrongMethod.headers().firstValue("allow")).hasValue("GET");
        }
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws Exception {
        try (HttpServer server = start(List.of(Route.get("/live", request -> HttpAnswer.text(200, "yes"))))) {
            HttpResponse<String> head = client.send(
                    request(server, "/live").method("HEAD", noBody()).build(), BodyHandlers.ofString());
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() throws Exception {
        Route sink = Route.post("/sink", request -> HttpAnswer.text(200, Integer.toString(request.body().length)));
        try (HttpServer server = start(List.of(sink))) {
            assertThat(post(server, "/sink", new byte[HttpServer.MAX_BODY_BYTES])
                            .body())
                    .isEqualTo(HttpServer.MAX_BODY_BYTES + "\n");
            assertThat(post(server, "/sink", new byte[HttpServer.MAX_BODY_BYTES + 1])
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void shouldAnswer500WithoutDetailsWhenARouteFails() throws Exception {
        Route broken = Route.get("/broken", request -> {
            throw new IOException("a secret path");
        });
        try (HttpServer server = start(List.of(broken))) {
            HttpResponse<String> answer = get(server, "/broken");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret");
            assertThat(get(server, "/broken").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void shouldFinishTheRequestThatIsBeingAnsweredWhenClosed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        HttpServer server = start(List.of(Route.get("/slow", request -> {
            entered.countDown();
            assertThat(mayAnswer.await(20, TimeUnit.SECONDS)).isTrue();
            return HttpAnswer.text(200, "done");
        })));
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request(server, "/slow").build(), BodyHandlers.ofString());
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        mayAnswer.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("done\n");
        closed.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> get(server, "/slow")).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldNameTheAddressThatIsTakenAndTheSettings() throws Exception {
        try (HttpServer first = start(List.of())) {
            assertThatThrownBy(() -> HttpServer.start("127.0.0.1", first.port(), List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("triage.http.port");
        }
    }

    @Test
    void shouldRefuseARouteGivenTwice() {
        Route route = Route.get("/live", request -> HttpAnswer.text(200, "yes"));
        assertThatThrownBy(() -> start(List.of(route, route))).isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpServer start(List<Route> routes) throws IOException {
        return HttpServer.start("127.0.0.1", 0, routes);
    }

    private HttpResponse<String> get(HttpServer server, String path) throws Exception {
        return client.send(request(server, path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpServer server, String path, byte[] body) throws Exception {
        return client.send(
                request(server, path)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static java.net.http.HttpRequest.Builder request(HttpServer server, String path) {
        return java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(TIMEOUT);
    }

    private static java.net.http.HttpRequest.BodyPublisher noBody() {
        return java.net.http.HttpRequest.BodyPublishers.noBody();
    }
}
