package io.tickettriage.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The routes for operators and orchestrators: {@code /metrics} for Prometheus, {@code /live} (restart the process where it is
 * not 200) and {@code /ready} (send it work once it is 200).
 *
 * @param live false once only a restart helps
 */
public record OpsRoutes(Meters meters, BooleanSupplier live, Health health) implements Routes {
    private static final String LIVE = "/live";
    private static final String READY = "/ready";
    /** A problem document with what a ready answer has, too. */
    private record NotReady(
            @JsonUnwrapped Problem problem, @JsonUnwrapped Health.Readiness readiness) {}

    @Override
    public List<String> probes() {
        return List.of(LIVE, READY);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        readable(routes, "/metrics", context -> context.result(meters.scrape()).contentType(Meters.CONTENT_TYPE));
        probe(routes, LIVE, context -> {
            boolean alive = live.getAsBoolean();
            context.status(alive ? 200 : 503).json(Map.of("live", alive));
        });
        probe(routes, READY, context -> {
            Health.Readiness readiness = health.check();
            if (readiness.ready()) {
                context.json(readiness);
            } else {
                Problem problem = Problem.of(HttpStatus.SERVICE_UNAVAILABLE, readiness.detail());
                context.status(problem.status())
                        .json(new NotReady(problem, readiness))
                        .contentType(Problem.CONTENT_TYPE);
            }
        });
    }

    /** One answer a connection is so small that a client which never reads it blocks no thread. */
    private static void probe(RoutesConfig routes, String path, Handler handler) {
        readable(routes, path, context -> {
            context.header("Connection", "close");
            handler.handle(context);
        });
    }

    /** Without a handler of its own, {@code HEAD} would always be 200. */
    private static void readable(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler).head(path, handler);
    }
}
