package io.tickettriage.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address: finds one that nothing listens on, and asks whether one is taken. */
public final class FreePort {
    private FreePort() {}

    /**
     * A port that was free a moment ago. A broker must know its port before it starts, since it tells its clients which
     * one to use; nothing reserves the port in between.
     *
     * @throws IOException if the system has no port left
     */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether a server could listen on {@code port}, 1 to 65535, of the loopback address now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the broker's own socket does: connections that linger after a close do not make a port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
