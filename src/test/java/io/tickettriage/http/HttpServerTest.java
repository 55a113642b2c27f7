package io.tickettriage.http;

import static io.tickettriage.http.HttpCalls.CLIENT;
import static io.tickettriage.http.HttpCalls.TIMEOUT;
import static io.tickettriage.http.HttpCalls.get;
import static io.tickettriage.http.HttpCalls.post;
import static io.tickettriage.http.HttpCalls.request;
import static io.tickettriage.http.HttpCalls.start;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.Counter;
import io.tickettriage.config.HttpConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
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
        health.add("scoring", Optional::empty);
        health.add("model", () -> model.get() ? Optional.empty() : Optional.of("not read yet"));
        try (HttpServer server = start(ops())) {
            HttpResponse<String> before = get(server, "/ready");
            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(before.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(before.body()).isEqualTo("""
                    {"type":"about:blank","title":"Service Unavailable","status":503,"detail":"model: not read yet",\
                    "ready":false,"checks":{"model":false,"scoring":true},"failing":["model"]}""");
            model.set(true);
            HttpResponse<String> after = get(server, "/ready");
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(after.body()).isEqualTo("{\"ready\":true,\"checks\":{\"model\":true,\"scoring\":true}}");
            assertThat(after.headers().firstValue("content-type")).hasValue("application/json");
        }
    }

    @Test
    void shouldNotBeReadyWithoutChecksOrWhileOneThrows() {
        assertThat(health.check().ready()).isFalse();
        health.add("topics", () -> {
            throw new IllegalStateException("not known yet");
        });
        assertThat(health.check().ready()).isFalse();
        assertThat(health.check().failing()).hasValue(List.of("topics"));
        health.add("topics", Optional::empty);
        assertThat(health.check().ready()).isTrue();
    }

    @Test
    void shouldTellWhenOnlyARestartHelps() throws Exception {
        try (HttpServer server = start(ops())) {
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
        try (HttpServer server = start(ops())) {
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
        try (HttpServer server = start(routes ->
                routes.post("/echo", context -> context.result(context.queryParam("name") + ":" + context.body())))) {
            assertThat(post(server, "/echo?name=a%20b&x", "größe".getBytes(UTF_8))
                            .body())
                    .isEqualTo("a b:größe");
        }
    }

    @Test
    void shouldRefuseABrokenEscapeInAQuery() throws Exception {
        try (HttpServer server = start(ops());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /live?a=%zz HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer.lines().findFirst().orElse("")).contains(" 400 ");
        }
    }

    @Test
    void shouldAnswerWhatItDoesNotServe() throws Exception {
        try (HttpServer server = start(ops())) {
            HttpResponse<String> nothing = get(server, "/nothing");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(nothing.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(nothing.body()).isEqualTo("""
                    {"type":"about:blank","title":"Not Found","status":404,\
                    "detail":"There is no /nothing here. There is: /metrics, /live, /ready"}""");
            assertThat(get(server, "/live/below").statusCode()).isEqualTo(404);
            assertThat(get(server, "/live/").statusCode()).isEqualTo(404);
            HttpResponse<String> wrongMethod = post(server, "/live", new byte[1]);
            assertThat(wrongMethod.statusCode()).isEqualTo(405);
            assertThat(wrongMethod.headers().firstValue("allow")).hasValue("GET, HEAD");
            assertThat(wrongMethod.body()).contains("/live takes GET, HEAD, not POST");
        }
    }

    @Test
    void shouldForbidCachingAndSniffingOfWhateverItAnswers() throws Exception {
        try (HttpServer server = start(ops())) {
            for (String path : List.of("/live", "/nothing")) {
                HttpResponse<String> answer = get(server, path);
                assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
                assertThat(answer.headers().firstValue("x-content-type-options"))
                        .hasValue("nosniff");
                assertThat(answer.headers().firstValue("server")).isEmpty();
            }
        }
    }

    @Test
    void shouldNeverKeepAProcessAlive() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (HttpServer server = start(ops())) {
            get(server, "/live");
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            assertThat(started)
                    .isNotEmpty()
                    .filteredOn(thread -> !thread.isDaemon())
                    .isEmpty();
        }
    }

    @Test
    void shouldAnswerHeadAsGetWithoutABody() throws Exception {
        live.set(false);
        try (HttpServer server = start(ops())) {
            HttpResponse<String> head = CLIENT.send(
                    request(server, "/live")
                            .method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(head.statusCode()).isEqualTo(503);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void shouldAnswer500WithoutDetailsWhenARouteFails() throws Exception {
        try (HttpServer server = start(routes -> routes.get("/broken", context -> {
            throw new IOException("a secret path");
        }))) {
            HttpResponse<String> answer = get(server, "/broken");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("the log has the details").doesNotContain("secret");
            assertThat(get(server, "/broken").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void shouldHandAnErrorOfTheJvmToWhoeverWatchesThreadsButNoDeepRecursion() throws Exception {
        List<Throwable> fatal = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> fatal.add(e));
        try (HttpServer server = start(routes -> {
            routes.get("/deep", context -> {
                throw new StackOverflowError("of a test");
            });
            routes.get("/memory", context -> {
                throw new OutOfMemoryError("of a test");
            });
        })) {
            assertThat(get(server, "/deep").statusCode()).isEqualTo(500);
            assertThat(fatal).isEmpty();
            assertThat(get(server, "/memory").statusCode()).isEqualTo(500);
            assertThat(fatal).hasSize(1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void shouldFinishTheRequestThatIsBeingAnsweredWhenClosed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        HttpServer server = start(routes -> routes.get("/slow", context -> {
            entered.countDown();
            assertThat(mayAnswer.await(20, TimeUnit.SECONDS)).isTrue();
            context.result("done");
        }));
        CompletableFuture<HttpResponse<String>> answer =
                CLIENT.sendAsync(request(server, "/slow").build(), BodyHandlers.ofString());
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        // It takes no connections any more, and still waits for the request.
        await().atMost(TIMEOUT).untilAsserted(() -> assertThatThrownBy(() -> get(server, "/live"))
                .isInstanceOf(ConnectException.class));
        assertThat(closed).isNotDone();
        mayAnswer.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("done");
        closed.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> get(server, "/slow")).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldCloseAfterTwoSecondsWhileARequestHangs() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        HttpServer server = start(routes -> routes.get("/hangs", context -> {
            entered.countDown();
            new CountDownLatch(1).await();
        }));
        CompletableFuture<HttpResponse<String>> unused =
                CLIENT.sendAsync(request(server, "/hangs").build(), BodyHandlers.ofString());
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture.runAsync(server::close).get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> get(server, "/hangs")).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldNameTheAddressThatIsTakenAndTheSettings() throws Exception {
        try (HttpServer first = start(ops())) {
            HttpConfig taken = new HttpConfig("127.0.0.1", first.port());
            assertThatThrownBy(() -> HttpServer.start(taken, List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("triage.http.port");
        }
        assertThatThrownBy(() -> HttpServer.start(new HttpConfig("no-such-host.invalid", 0), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-host.invalid:0");
    }

    @Test
    void shouldRefuseARouteGivenTwice() {
        assertThatThrownBy(() -> start(routes -> {
                    routes.get("/live", context -> {});
                    routes.get("/live", context -> {});
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Consumer<RoutesConfig> ops() {
        return new OpsRoutes(meters, live::get, health)::addTo;
    }
}
