package io.tickettriage.http;

import static io.tickettriage.http.HttpCalls.CLIENT;
import static io.tickettriage.http.HttpCalls.TIMEOUT;
import static io.tickettriage.http.HttpCalls.get;
import static io.tickettriage.http.HttpCalls.post;
import static io.tickettriage.http.HttpCalls.request;
import static io.tickettriage.http.HttpCalls.start;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.javalin.config.RoutesConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may ask for, and how long: so much that it is served, so little that nobody else is kept waiting. */
class HttpLimitsTest {
    private final Meters meters = new Meters();
    private final Health health = new Health();

    @AfterEach
    void close() {
        meters.close();
    }

    /** A client that sends something, then a little more now and then, and never reads an answer. */
    private record Hostile(String first, String more, int requestsToAwait) {}

    static Stream<Arguments> hostileClients() {
        String body = "POST /echo HTTP/1.1\r\nHost: x\r\n";
        return Stream.of(
                arguments("trickle a header", new Hostile("GET /large HTTP/1.1\r\nHost: x\r\nX-Slow: ", "s", 0)),
                arguments("trickle a body", new Hostile(body + "Content-Length: 9000\r\n\r\n", "s", 8)),
                arguments(
                        "trickle a chunked body",
                        new Hostile(body + "Transfer-Encoding: chunked\r\n\r\n", "1\r\ns\r\n", 8)),
                arguments("never read a large answer", new Hostile("GET /large HTTP/1.1\r\nHost: x\r\n\r\n", "", 8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileClients")
    void shouldAnswerProbesWhileSixtyFourClients(String unused, Hostile hostile) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        health.add("scoring", Optional::empty);
        List<Socket> sockets = new ArrayList<>();
        try (HttpServer server = start(routes -> {
            ops().accept(routes);
            routes.post("/echo", context -> {
                requests.incrementAndGet();
                context.result(context.bodyAsBytes());
            });
            routes.get("/large", context -> {
                requests.incrementAndGet();
                context.result(new byte[16 * 1024 * 1024]);
            });
        })) {
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                sockets.add(socket);
                CompletableFuture<Void> unusedSending =
                        CompletableFuture.runAsync(() -> send(socket, hostile.first()), client -> daemon(client)
                                .start());
            }
            await().atMost(TIMEOUT).until(() -> requests.get() >= hostile.requestsToAwait());
            for (int round = 0; round < 5; round++) {
                sockets.forEach(socket -> send(socket, hostile.more()));
                assertThat(get(server, "/live").statusCode()).isEqualTo(200);
                assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    /** Sends, or finds the connection closed, which is as well. */
    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    /** Else a client that never reads could have so many answered that one blocks a thread. */
    @Test
    void shouldAnswerOneProbeAConnection() throws Exception {
        try (HttpServer server = start(ops());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, "GET /live HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2));
            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answers.lines().filter("HTTP/1.1 200 OK"::equals)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseRequestsBeyondThoseThatMayWaitAndSayWhenToComeBack() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (HttpServer server = start(routes -> routes.get("/slow", context -> {
            assertThat(mayAnswer.await(20, TimeUnit.SECONDS)).isTrue();
            context.result("done");
        }))) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 80)
                    .mapToObj(i -> CLIENT.sendAsync(request(server, "/slow").build(), BodyHandlers.ofString()))
                    .toList();
            await().atMost(TIMEOUT)
                    .until(() ->
                            answers.stream().filter(CompletableFuture::isDone).count() == 8);
            mayAnswer.countDown();

            List<HttpResponse<String>> all =
                    answers.stream().map(CompletableFuture::join).toList();
            assertThat(all).filteredOn(answer -> answer.statusCode() == 200).hasSize(72);
            assertThat(all)
                    .filteredOn(answer -> answer.statusCode() == 503)
                    .hasSize(8)
                    .allSatisfy(refused -> {
                        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
                        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
                        assertThat(refused.body()).contains("\"status\":503", "try again in a moment");
                    });
        }
    }

    @Test
    void shouldRefuseHeadersThatAreTooLarge() throws Exception {
        try (HttpServer server = start(ops())) {
            HttpResponse<String> answer = CLIENT.send(
                    request(server, "/live").header("X-Long", "x".repeat(9_000)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(431);
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeThoughItNeverSaidHowLarge() throws Exception {
        try (HttpServer server = start(routes ->
                routes.post("/sink", context -> context.result(Integer.toString(context.bodyAsBytes().length))))) {
            HttpResponse<String> answer = CLIENT.send(
                    request(server, "/sink")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(new byte[HttpServer.MAX_BODY_BYTES + 1])))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void shouldCloseTheOldestConnectionWhereThereAreTooManyAndAnswerTheNewest() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (HttpServer server = start(ops())) {
            for (int i = 0; i < HttpServer.MAX_CONNECTIONS + 10; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            assertThat(get(server, "/live").statusCode()).isEqualTo(200);
            await().atMost(TIMEOUT).until(() -> closed(sockets) >= 10);
            assertThat(closed(sockets.subList(100, sockets.size()))).isZero();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() throws Exception {
        try (HttpServer server = start(routes ->
                routes.post("/sink", context -> context.result(Integer.toString(context.bodyAsBytes().length))))) {
            assertThat(post(server, "/sink", new byte[HttpServer.MAX_BODY_BYTES])
                            .body())
                    .isEqualTo(Integer.toString(HttpServer.MAX_BODY_BYTES));
            assertThat(post(server, "/sink", new byte[HttpServer.MAX_BODY_BYTES + 1])
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    private static long closed(List<Socket> sockets) throws IOException {
        long closed = 0;
        for (Socket socket : sockets) {
            socket.setSoTimeout(1);
            try {
                closed += socket.getInputStream().read() == -1 ? 1 : 0;
            } catch (SocketTimeoutException e) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
        return closed;
    }

    private Consumer<RoutesConfig> ops() {
        return new OpsRoutes(meters, () -> true, health)::addTo;
    }
}
