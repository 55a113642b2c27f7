package io.tickettriage.verify.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between clients and one broker: a port of loopback from which bytes are carried to another, until it is cut.
 * Each connection has two threads.
 */
public final class Link implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    private enum State {
        OPEN,
        /** Bytes are taken and kept back; nobody is told. */
        SILENT,
        /** Connections are closed, also new ones. */
        REFUSING
    }

    private final ServerSocket server;
    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.OPEN;

    private Link(ServerSocket server, int targetPort) {
        this.server = server;
        this.targetPort = targetPort;
    }

    /** Opens a port that leads to {@code targetPort} of loopback. */
    public static Link to(int targetPort) throws IOException {
        Link link = new Link(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), targetPort);
        link.run("accept", link::accept);
        return link;
    }

    /** The port that clients connect to. */
    public int port() {
        return server.getLocalPort();
    }

    /** Holds back everything, in both directions, as a network does that loses packets; {@link #heal} delivers it late. */
    public void silence() {
        set(State.SILENT);
    }

    /** Ends all connections and takes no new ones. */
    public void refuse() {
        set(State.REFUSING);
        sockets.forEach(Link::closeQuietly);
    }

    /** Carries bytes again. */
    public void heal() {
        set(State.OPEN);
    }

    private void set(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            run("connect", () -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        Socket broker = new Socket();
        sockets.add(client);
        sockets.add(broker);
        try {
            if (awaitNotSilent() == State.OPEN) {
                broker.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), CONNECT_TIMEOUT_MILLIS);
                client.setTcpNoDelay(true);
                broker.setTcpNoDelay(true);
                run("answers", () -> carry(broker, client));
                carry(client, broker);
            }
        } finally {
            end(client, broker);
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (awaitNotSilent() == State.REFUSING) {
                    return;
                }
                out.write(buffer, 0, n);
            }
        } finally {
            end(from, to);
        }
    }

    private State awaitNotSilent() {
        lock.lock();
        try {
            while (state == State.SILENT) {
                changed.awaitUninterruptibly();
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket... both) {
        for (Socket socket : both) {
            closeQuietly(socket);
            sockets.remove(socket);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(String what, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A connection has ended; its client knows what to do.
                    }
                },
                "link-" + targetPort + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        refuse();
    }
}
