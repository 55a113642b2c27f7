package io.tickettriage.verify.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link to a server that sends back what it gets. */
@Timeout(30)
class LinkTest {
    private static final int SHORT_MILLIS = 200;

    private final ServerSocket echo;
    private final Link link;

    LinkTest() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        link = Link.to(echo.getLocalPort());
    }

    @BeforeEach
    void startEcho() {
        Thread thread = new Thread(
                () -> {
                    while (!echo.isClosed()) {
                        try (Socket client = echo.accept()) {
                            client.getInputStream().transferTo(client.getOutputStream());
                        } catch (IOException e) {
                            // The test has ended this connection.
                        }
                    }
                },
                "echo");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void shouldCarryBytesBothWays() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(7);

            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void shouldHoldBytesBackWhileSilentAndDeliverThemLate() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            link.silence();
            client.getOutputStream().write(7);
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            link.heal();

            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void shouldEndConnectionsAndTakeNoNewOnesWhileRefusing() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);

            link.refuse();

            assertThat(isEnded(client)).isTrue();
            try (Socket another = connect()) {
                assertThat(isEnded(another)).isTrue();
            }
        }
        link.heal();
        try (Socket client = connect()) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), link.port());
    }

    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
