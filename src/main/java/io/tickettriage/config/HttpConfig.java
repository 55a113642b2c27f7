package io.tickettriage.config;

import java.util.List;

/**
 * Where the HTTP server listens.
 *
 * @param port 0 for no server
 */
public record HttpConfig(String host, int port) {
    public static final Setting<String> HOST = Setting.text(
            "triage.http.host",
            "127.0.0.1",
            "an address or host name",
            "\\S+",
            "Address the HTTP server listens on; 0.0.0.0 for all. The server has no authentication.");

    public static final Setting<Integer> PORT =
            Setting.integer("triage.http.port", 8080, 0, 65_535, "Port of the HTTP server; 0 for no server.");

    static final List<Setting<?>> KEYS = List.of(HOST, PORT);

    public static HttpConfig of(Settings settings) {
        return new HttpConfig(settings.get(HOST), settings.get(PORT));
    }
}
