package io.tickettriage.http;

import io.javalin.http.HttpStatus;
import io.tickettriage.format.Json;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers so many requests at once, lets others wait for a moment without a thread, and refuses the rest; but answers the
 * probes always, for which threads are left that way.
 */
final class RequestLimit extends QoSHandler {
    private static final int MAX_WAITING = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    RequestLimit(int atOnce, List<String> probes) {
        setMaxRequestCount(atOnce);
        setMaxSuspendedRequestCount(MAX_WAITING);
        setMaxSuspend(LONGEST_WAIT);
        excludePath(probes.toArray(String[]::new));
    }

    @Override
    protected void reject(Request request, Response response, Callback callback, int status) {
        refuse(response, callback);
    }

    @Override
    protected void failSuspended(
            Request request, Response response, Callback callback, int status, @Nullable Throwable failure) {
        refuse(response, callback);
    }

    private static void refuse(Response response, Callback callback) {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.getCode());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE).put(HttpHeader.RETRY_AFTER, "1");
        Problem problem = Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE, "Too many requests are being answered; try again in a moment");
        response.write(true, ByteBuffer.wrap(Json.bytes(problem)), callback);
    }
}
