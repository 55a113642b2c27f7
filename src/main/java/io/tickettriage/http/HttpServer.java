package io.tickettriage.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson;
import io.javalin.router.EndpointNotFound;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.format.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: Javalin on Jetty, JSON by the project's mapper, errors as problem documents (RFC 9457).
 *
 * <p>Authentication is the routes' own: without, they belong on loopback or on a network of trusted callers. Clients that send or read
 * slowly, or not at all, cannot keep it from answering probes: the number of requests at once, the time of each, its header
 * and body and the number of connections are limited. Its threads are daemons: the server alone never keeps a process
 * alive.
 *
 * @param port the port it listens on
 */
public record HttpServer(Server jetty, int port) implements AutoCloseable {
    /** The largest body a request may have: a ticket of the usual limit, with room for escapes. */
    static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    static final int MAX_CONNECTIONS = 256;
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);
    // A request that is being answered may hold one; the rest are for connections, and for the probes.
    private static final int THREADS = 16;
    private static final int REQUESTS_AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /**
     * Starts a server.
     *
     * @param config port 0 lets the system choose one
     * @throws IOException if the address cannot be used; the message names it and what to do
     */
    public static HttpServer start(HttpConfig config, List<Routes> routes) throws IOException {
        try {
            Javalin started = Javalin.start(javalin -> configure(javalin, config, routes));
            return new HttpServer(started.jettyServer().server(), started.port());
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "cannot listen on " + config.host() + ":" + config.port() + " (" + e.getMessage()
                            + "); set triage.http.host and triage.http.port to what is free, or the port to 0 for no server",
                    e);
        }
    }

    private static void configure(JavalinConfig javalin, HttpConfig config, List<Routes> routes) {
        javalin.unsafe.jettyInternal.server = newJetty(routes);
        javalin.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        javalin.jetty.addConnector((server, http) -> connector(server, http, config));
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.router.ignoreTrailingSlashes = false;
        javalin.http.prefer405over404 = true;
        javalin.http.maxRequestSize = MAX_BODY_BYTES;
        javalin.http.compressionStrategy = CompressionStrategy.NONE;
        javalin.jsonMapper(new JavalinJackson(Json.MAPPER, false));
        javalin.routes.before(HttpServer::prepare);
        javalin.routes.exception(HttpResponseException.class, HttpServer::refuse);
        javalin.routes.exception(EndpointNotFound.class, (e, context) -> {
            String known = javalin.unsafe.internalRouter.allHttpHandlers().stream()
                    .map(handler -> handler.endpoint.path)
                    .filter(path -> path.startsWith("/"))
                    .distinct()
                    .collect(Collectors.joining(", "));
            problem(context, HttpStatus.NOT_FOUND, "There is no " + context.path() + " here. There is: " + known);
        });
        javalin.routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            problem(context, HttpStatus.INTERNAL_SERVER_ERROR, "This failed; the log has the details");
        });
        javalin.router.javaLangErrorHandler((response, error) -> {
            LOG.error("a request failed", error);
            response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.getCode());
            endIfFatal(error);
        });
        routes.forEach(some -> some.addTo(javalin.routes));
    }

    /** After a deep recursion a thread is sound again; after any other error of the JVM nothing is. */
    private static void endIfFatal(Error error) {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null && error instanceof VirtualMachineError && !(error instanceof StackOverflowError)) {
            handler.uncaughtException(Thread.currentThread(), error);
        }
    }

    /** Javalin's own server has a scheduler whose thread keeps the process alive. */
    private static Server newJetty(List<Routes> routes) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2); // At most, at least.
        threads.setName("http");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler("http-scheduler", true), null);
        List<String> streams =
                routes.stream().flatMap(some -> some.streams().stream()).toList();
        List<String> unlimited = Stream.concat(
                        streams.stream(), routes.stream().flatMap(some -> some.probes().stream()))
                .toList();
        server.setHandler(new GracefulHandler(
                new RequestDeadline(LONGEST_REQUEST, streams, new RequestLimit(REQUESTS_AT_ONCE, unlimited))));
        server.setStopTimeout(2_000);
        server.getMimeTypes().addInferred("text/plain", "utf-8");
        return server;
    }

    /** Opened here, where a used port is an exception with a cause and no line in the log. */
    private static ServerConnector connector(Server server, HttpConfiguration http, HttpConfig config) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // Ids of tickets are parts of paths, and may hold anything, percent-encoded.
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "ids", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.addEventListener(new OldestConnectionFirst(MAX_CONNECTIONS));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(64);
        connector.setIdleTimeout(15_000);
        connector.setShutdownIdleTimeout(100);
        try {
            connector.open();
        } catch (IOException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new UncheckedIOException(reason, e);
        }
        return connector;
    }

    private static void prepare(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Cache-Control", "no-store");
        try {
            String unused = URLDecoder.decode(Objects.requireNonNullElse(context.queryString(), ""), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("The query is not well-formed");
        }
    }

    private static void refuse(HttpResponseException e, Context context) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String allowed = e.getDetails().get("availableMethods");
        if (allowed != null) {
            context.header("Allow", allowed);
            problem(context, status, context.path() + " takes " + allowed + ", not " + context.method());
        } else {
            problem(context, status, String.valueOf(e.getMessage()));
        }
    }

    private static void problem(Context context, HttpStatus status, String detail) {
        context.status(status).json(Problem.of(status, detail)).contentType(Problem.CONTENT_TYPE);
    }

    /** Lets requests that are being answered finish, for at most 2 s, and stops. */
    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) { // Jetty throws a TimeoutException once everything is stopped.
            LOG.warn("stopped the HTTP server while requests were being answered ({})", e.toString());
        }
    }
}
