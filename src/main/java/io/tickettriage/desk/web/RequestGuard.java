package io.tickettriage.desk.web;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.TooManyRequestsResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Refuses requests that a page of another site makes a browser send, or that come too fast from one window. On loopback the
 * host must be named as loopback is: a name of somebody else's that resolves here (DNS rebinding) is refused.
 */
final class RequestGuard {
    private static final String HEADER = "X-Triage-Desk";
    private static final int CHANGES_PER_MINUTE = 600;
    private static final int MAX_WINDOWS = 1_000;
    private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> OWN_SITES = Set.of("", "same-origin", "none");

    private final boolean loopback;
    private final Map<String, Integer> changes = new HashMap<>();
    private long minute;

    /** A guard; {@code loopback} says that the server is reached under loopback's names alone. */
    RequestGuard(boolean loopback) {
        this.loopback = loopback;
    }

    /** Checks a request; {@code visitor} is who sends it. */
    void check(Context request, Visitor visitor) {
        String host = Objects.requireNonNullElse(request.header("Host"), "");
        if (loopback && !LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))) {
            throw new ForbiddenResponse("The host \"" + printable(host) + "\" is not this machine's loopback");
        }
        String origin = Objects.requireNonNullElse(request.header("Origin"), "");
        if (!origin.isEmpty() && !origin.replaceFirst("^https?://", "").equals(host)) {
            throw new ForbiddenResponse("This takes no requests from pages of other sites");
        }
        if (!OWN_SITES.contains(Objects.requireNonNullElse(request.header("Sec-Fetch-Site"), ""))) {
            throw new ForbiddenResponse("This takes no requests from pages of other sites");
        }
        if (isChange(request)) {
            if (request.header(HEADER) == null) {
                throw new ForbiddenResponse("The header " + HEADER + " is missing; any value will do");
            }
            count(visitor);
        }
    }

    private static boolean isChange(Context request) {
        return !Set.of("GET", "HEAD").contains(request.method().name());
    }

    private static String printable(String host) {
        return host.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?");
    }

    private synchronized void count(Visitor visitor) {
        long now = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        if (now != minute) {
            changes.clear();
            minute = now;
        }
        // Names and windows are what a request says: without a bound, one client could fill the memory with them.
        String said = visitor.name().orElse("") + "\n" + visitor.session();
        String who = changes.size() < MAX_WINDOWS || changes.containsKey(said) ? said : "";
        if (changes.merge(who, 1, Integer::sum) > CHANGES_PER_MINUTE) {
            throw new TooManyRequestsResponse("More than " + CHANGES_PER_MINUTE + " changes a minute from one window");
        }
    }
}
