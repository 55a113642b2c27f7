package io.tickettriage.http;

import io.javalin.config.RoutesConfig;
import io.tickettriage.config.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Servers for tests, and an ordinary client. */
final class HttpCalls {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private HttpCalls() {}

    static HttpServer start(Consumer<RoutesConfig> routes) throws IOException {
        return HttpServer.start(new HttpConfig("127.0.0.1", 0), List.of(new Routes() {
            @Override
            public void addTo(RoutesConfig config) {
                routes.accept(config);
            }

            @Override
            public List<String> probes() {
                return List.of("/live", "/ready");
            }
        }));
    }

    static HttpResponse<String> get(HttpServer server, String path) throws Exception {
        return CLIENT.send(request(server, path).build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> post(HttpServer server, String path, byte[] body) throws Exception {
        HttpRequest request = request(server, path)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    static HttpRequest.Builder request(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(TIMEOUT);
    }
}
