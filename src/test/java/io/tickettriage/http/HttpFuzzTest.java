package io.tickettriage.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Any bytes as a request: an answer with a proper head or a closed connection, and the probes are answered afterwards. */
class HttpFuzzTest {
    private static final String HEAD =
            "HTTP/1\\.[01] [1-5][0-9]{2}( [^\\x00-\\x1f\\x7f]*)?\r\n([A-Za-z0-9-]+:[^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n)*\r\n";
    private static final byte[] PROBE = "GET /live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);
    private static final int PATIENCE_MILLIS = 25_000;

    private static final Meters METERS = new Meters();
    private static final Health HEALTH = new Health();
    private static Optional<HttpServer> server = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        HEALTH.add("scoring", Optional::empty);
        server = Optional.of(HttpCalls.start(new OpsRoutes(METERS, () -> true, HEALTH)::addTo));
    }

    @AfterAll
    static void stop() {
        server.ifPresent(HttpServer::close);
        METERS.close();
    }

    @FuzzTest(maxDuration = "9s")
    void shouldAnswerOrCloseAndStayAlive(byte[] request) throws IOException {
        // Jazzer takes a connection for a finding.
        var unused = BugDetectors.allowNetworkConnections(
                (host, port) -> port == server.orElseThrow().port());
        String answer = answer(request);

        if (!answer.isEmpty()) {
            int end = answer.indexOf("\r\n\r\n");
            assertThat(end).as(answer).isPositive();
            assertThat(answer.substring(0, end + 4)).matches(HEAD);
        }
        assertThat(answer(PROBE)).startsWith("HTTP/1.1 200 ").endsWith("{\"live\":true}");
    }

    /** What the server says until it closes the connection; nothing where it ends it at once. */
    private static String answer(byte[] request) throws IOException {
        int port = server.orElseThrow().port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } catch (SocketException e) {
                return ""; // It was reset: the server had no use for the rest.
            }
        }
    }
}
