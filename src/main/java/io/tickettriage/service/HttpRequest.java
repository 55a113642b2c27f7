package io.tickettriage.service;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a route is asked.
 *
 * @param query the parameters of the query, decoded; of a name given twice the last one
 * @param body empty where there is none
 */
public record HttpRequest(Map<String, String> query, byte[] body) {
    /** Copies the parameters. */
    public HttpRequest {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /**
     * Reads a raw query such as {@code explain=true&model=a%20b}.
     *
     * @throws IllegalArgumentException if an escape in it is broken
     */
    static Map<String, String> parseQuery(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String parameter : raw.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            query.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }
}
