package io.tickettriage.desk.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.config.DeskConfig;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.http.HttpServer;
import io.tickettriage.http.Routes;
import io.tickettriage.testing.DeskClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorTest {
    private static final String SECRET = "0123456789abcdef";
    private static final DeskConfig PLAIN =
            new DeskConfig(Duration.ofDays(7), 10, 10, 1 << 20, Duration.ofMinutes(2), "", "", "", "");

    private static String who(Access access, String headers) throws IOException {
        Routes routes = config -> config.get(
                "/who", context -> context.result(access.visitor(context).name().orElse("nobody")));
        try (HttpServer server = HttpServer.start(new HttpConfig("127.0.0.1", 0), List.of(routes))) {
            return new DeskClient(server.port(), "", "")
                    .raw("GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
        }
    }

    /** Characters that are not seen, or turn others around, make one person look like another. */
    @ParameterizedTest
    @CsvSource({
        "Ann%20Lee, Ann Lee",
        "%E0%A4%95%E0%A5%8D%E2%80%8D%E0%A4%B7, \u0915\u094d\u200d\u0937",
        "%E2%80%AEnna, nobody",
        "ann%E2%80%8B, nobody",
        "ann%E2%81%A6, nobody",
        "ann%0D%0AX:1, nobody",
        "%00, nobody"
    })
    void shouldTakeNamesOfVisibleCharactersAlone(String given, String name) throws Exception {
        assertThat(who(new Access.Names(), "X-Triage-Name: " + given + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n" + name);
    }

    @Test
    void shouldNotTakeAClientsOwnHeaderBesideTheProxys() throws Exception {
        Access proxy = new Access.Proxy("X-User", SECRET);
        String secret = "X-Triage-Proxy-Secret: " + SECRET + "\r\n";
        assertThat(who(proxy, secret + "X-User: ann\r\n")).endsWith("\r\nann");
        assertThat(who(proxy, "X-User: ann\r\n")).startsWith("HTTP/1.1 401");
        assertThat(who(proxy, secret + "X-User: root\r\nX-User: ann\r\n")).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.2"})
    void shouldAskForANameOnLoopback(String host) throws Exception {
        assertThat(Access.of(PLAIN, new HttpConfig(host, 1))).isInstanceOf(Access.Names.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "no-such-host.invalid"})
    void shouldRefuseToBeOpenToOthers(String host) {
        assertThatThrownBy(() -> Access.of(PLAIN, new HttpConfig(host, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(host);
    }
}
