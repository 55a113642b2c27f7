package io.tickettriage.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The routes that operators and orchestrators ask. */
public final class OpsRoutes {
    private OpsRoutes() {}

    /**
     * {@code /metrics} for Prometheus, {@code /live} (restart the process where it is not 200) and {@code /ready} (send it
     * work once it is 200).
     *
     * @param live false once only a restart helps
     */
    public static List<Route> of(Meters meters, BooleanSupplier live, Health health) {
        return List.of(
                Route.get(
                        "/metrics",
                        request -> new HttpAnswer(
                                200, Meters.CONTENT_TYPE, meters.scrape().getBytes(UTF_8))),
                Route.get("/live", request -> {
                    boolean alive = live.getAsBoolean();
                    return HttpAnswer.json(alive ? 200 : 503, "{\"live\":" + alive + "}");
                }),
                Route.get("/ready", request -> health.answer()));
    }
}
