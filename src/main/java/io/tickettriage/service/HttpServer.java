package io.tickettriage.service;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server on the JDK's own: a handful of routes, for operators, scrapers and single requests.
 *
 * <p>It asks nobody for a password, so it belongs on loopback or on a network of trusted callers. Its threads are daemons:
 * the server alone never keeps a process alive.
 */
public final class HttpServer implements AutoCloseable {
    /** The largest body a request may have: a ticket of the usual limit, with room for escapes. */
    static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);

    static {
        // Read once by the JDK's server. Seconds a client may take to send a request, or it holds a thread for ever;
        // and no
        // waiting for more to send, which costs 40 ms an answer on kept-alive connections.
        setUnlessSet("sun.net.httpserver.maxReqTime", "15");
        setUnlessSet("sun.net.httpserver.nodelay", "true");
    }

    private final com.sun.net.httpserver.HttpServer server;
    private final ExecutorService executor;
    private final Semaphore idle = new Semaphore(THREADS);
    private final Map<String, SortedMap<String, Route>> routes = new LinkedHashMap<>();

    private HttpServer(com.sun.net.httpserver.HttpServer server, Collection<Route> routes) {
        this.server = server;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        for (Route route : routes) {
            SortedMap<String, Route> methods = this.routes.computeIfAbsent(route.path(), path -> new TreeMap<>());
            if (methods.put(route.method(), route) != null) {
                throw new IllegalArgumentException("route " + route.method() + " " + route.path() + " is there twice");
            }
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /**
     * Starts a server.
     *
     * @param host address to listen on, such as {@code 127.0.0.1}
     * @param port 0 to 65535; 0 lets the system choose
     * @param routes each path and method once
     * @throws IOException if the address cannot be used; the message names it and what to do
     */
    public static HttpServer start(String host, int port, Collection<Route> routes) throws IOException {
        try {
            HttpServer server = new HttpServer(
                    com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(host, port), BACKLOG), routes);
            server.server.start();
            return server;
        } catch (IOException | UnresolvedAddressException e) {
            throw new IOException(
                    "cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "); set triage.http.host and triage.http.port to what is free, or the port to 0 for no server",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Lets requests that are being answered finish, for at most 2 s, and stops. */
    @Override
    public void close() {
        boolean drained = false;
        try {
            drained = idle.tryAcquire(THREADS, DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!drained) {
            LOG.warn("stopping the HTTP server while requests are being answered");
        }
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        idle.acquireUninterruptibly();
        try (exchange) {
            HttpAnswer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), answer.body().length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            }
        } finally {
            idle.release();
        }
    }

    private HttpAnswer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        SortedMap<String, Route> methods = routes.get(path);
        if (methods == null) {
            return HttpAnswer.text(
                    404, "There is no " + path + " here. There is: " + String.join(", ", routes.keySet()));
        }
        String method = exchange.getRequestMethod().toUpperCase(Locale.ROOT);
        Route route = methods.get(method.equals("HEAD") ? "GET" : method);
        if (route == null) {
            List<String> allowed = new ArrayList<>(methods.keySet());
            exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
            return HttpAnswer.text(405, path + " takes " + String.join(", ", allowed) + ", not " + method);
        }
        Optional<byte[]> body = body(exchange);
        if (body.isEmpty()) {
            return HttpAnswer.text(413, "The body is larger than " + MAX_BODY_BYTES + " bytes");
        }
        Map<String, String> query;
        try {
            query = HttpRequest.parseQuery(exchange.getRequestURI().getRawQuery());
        } catch (IllegalArgumentException e) {
            return HttpAnswer.text(400, "The query is not well-formed");
        }
        try {
            return route.handler().answer(new HttpRequest(query, body.get()));
        } catch (Exception e) {
            LOG.error("{} {} failed", method, path, e);
            return HttpAnswer.text(500, "This failed; the log has the details");
        }
    }

    /** The body; empty if it is too large. */
    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
