package io.tickettriage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A person at the desk of a server on this machine, who says a name, or shows a token. */
public record DeskClient(int port, String name, String session, Optional<String> token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    public DeskClient(int port, String name, String session) {
        this(port, name, session, Optional.empty());
    }

    /** What came back. */
    public record Answer(int status, String body, HttpResponse<?> response) {
        public JsonNode json() {
            try {
                return Json.tree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Somebody else, or another window. */
    public DeskClient as(String otherName, String otherSession) {
        return new DeskClient(port, otherName, otherSession, token);
    }

    public DeskClient withToken(String given) {
        return new DeskClient(port, name, session, Optional.of(given));
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return post(path, Json.text(body), UUID.randomUUID().toString());
    }

    /** Posts a body with an idempotency key, which may be empty. */
    public Answer post(String path, String body, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("X-Triage-Desk", "1");
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).header("X-Triage-Desk", "1").DELETE());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT)
                .header("X-Triage-Session", session);
        if (!name.isEmpty()) {
            request.header("X-Triage-Name", URLEncoder.encode(name, UTF_8));
        }
        token.ifPresent(given -> request.header("Authorization", "Bearer " + given));
        return request;
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    /** Hands over every line of an answer that goes on until the server closes. */
    public void follow(String path, Consumer<String> lines) {
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").build();
        var unused = HTTP.sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(response -> response.body().forEach(lines));
    }

    /** The first bytes that come back for a request as it is written here. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            byte[] answer = new byte[4096];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), UTF_8);
        }
    }
}
