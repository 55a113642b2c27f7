package io.tickettriage.config;

/** Where the HTTP server listens; on port 0 there is none. */
public record HttpConfig(
        @Setting(name = "triage.http.host", value = "127.0.0.1", pattern = "\\S+", expected = "an address or host name")
        String host,

        @Setting(name = HttpConfig.PORT, value = "8080", max = 65_535)
        int port) {
    public static final String PORT = "triage.http.port";
}
