package io.tickettriage.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {
    private final Server server = new Server();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void shouldCloseTheConnectionOfARequestThatNeverEndsHoweverBusyItsClientKeepsIt() throws Exception {
        try (Socket socket = connect(Duration.ofMillis(300))) {
            socket.setSoTimeout(50);
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");

            await().atMost(Duration.ofSeconds(10)).until(() -> isClosedAfterOneMoreByte(socket));
        }
    }

    @Test
    void shouldLetAConnectionLiveLongerThanAnyOfItsRequests() throws Exception {
        Duration longest = Duration.ofSeconds(1);
        try (Socket socket = connect(longest)) {
            long end = System.nanoTime() + 2 * longest.toNanos();
            while (System.nanoTime() < end) {
                send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\ns");
                byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
                assertThat(new String(status, US_ASCII)).isEqualTo("HTTP/1.1 200");
                readToTheEndOfHeaders(socket);
            }
        }
    }

    private Socket connect(Duration longest) throws Exception {
        server.setHandler(new RequestDeadline(longest, List.of(), new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                Content.Source.consumeAll(request);
                response.setStatus(200);
                callback.succeeded();
                return true;
            }
        }));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    private static boolean isClosedAfterOneMoreByte(Socket socket) {
        try {
            send(socket, "s");
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void readToTheEndOfHeaders(Socket socket) throws IOException {
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
            headers.append((char) socket.getInputStream().read());
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
