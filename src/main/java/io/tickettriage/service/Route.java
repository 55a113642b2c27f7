package io.tickettriage.service;

/**
 * One path of the HTTP server.
 *
 * @param method {@code GET} (which answers {@code HEAD} too) or {@code POST}
 * @param path matched as a whole, such as {@code /ready}
 * @param handler called on one of the server's threads, several at a time
 */
public record Route(String method, String path, Handler handler) {
    /** PredictedLabels a request; an exception becomes status 500 and a line in the log. */
    @FunctionalInterface
    public interface Handler {
        HttpAnswer answer(HttpRequest request) throws Exception;
    }

    /** A route that is read. */
    public static Route get(String path, Handler handler) {
        return new Route("GET", path, handler);
    }

    /** A route that something is sent to. */
    public static Route post(String path, Handler handler) {
        return new Route("POST", path, handler);
    }
}
