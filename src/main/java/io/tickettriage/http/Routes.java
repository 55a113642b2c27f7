package io.tickettriage.http;

import io.javalin.config.RoutesConfig;
import java.util.List;

/** Some of what a server answers. */
public interface Routes {
    /** Adds the routes; one that answers {@code GET} should answer {@code HEAD}, too. */
    void addTo(RoutesConfig routes);

    /** The paths that are answered however many other requests there are: they must answer at once. */
    default List<String> probes() {
        return List.of();
    }

    /** The paths whose answers go on for as long as the client reads; they must limit their number themselves. */
    default List<String> streams() {
        return List.of();
    }
}
