package io.tickettriage.desk.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.config.DeskConfig;
import io.tickettriage.config.HttpConfig;
import io.tickettriage.desk.web.Visitor.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String TOKEN = "0123456789abcdef";

    private final Path directory;

    AccessTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static DeskConfig config(String tokens, String header, String secret) {
        return new DeskConfig(Duration.ofDays(1), 1, 1, 1, Duration.ofMinutes(1), tokens, header, secret, "");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("tokens"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.7.7.7"})
    void shouldAskForANameOnLoopback(String host) throws Exception {
        assertThat(Access.of(config("", "", ""), new HttpConfig(host, 8080))).isInstanceOf(Access.Names.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.1"})
    void shouldRefuseToServeEverybodyBeyondLoopback(String host) {
        assertThatThrownBy(() -> Access.of(config("", "", ""), new HttpConfig(host, 8080)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("triage.desk.tokens.file")
                .hasMessageContaining("triage.desk.proxy.header")
                .hasMessageContaining("--roles scoring,corrections");
    }

    @Test
    void shouldRefuseAProxyHeaderWithoutASecret() {
        assertThatThrownBy(() -> Access.of(config("", "X-User", ""), new HttpConfig("0.0.0.0", 8080)))
                .hasMessageContaining("triage.desk.proxy.secret is not");
    }

    @Test
    void shouldFindTheHolderOfATokenAndNobodyElse() throws Exception {
        TokenFile tokens = TokenFile.read(file("# people\nann reviewer " + TOKEN + "\nroot operator " + TOKEN + "0\n"));
        assertThat(tokens.find(TOKEN)).hasValueSatisfying(holder -> {
            assertThat(holder.name()).isEqualTo("ann");
            assertThat(holder.role()).isEqualTo(Role.REVIEWER);
        });
        assertThat(tokens.find(TOKEN + "0").map(TokenFile.Holder::role)).contains(Role.OPERATOR);
        assertThat(tokens.find("")).isEmpty();
        assertThat(tokens.find(TOKEN.substring(1))).isEmpty();
    }

    @Test
    void shouldListEverythingThatIsWrongWithATokenFileAndNoToken() throws Exception {
        Path file = file("ann reviewer short-secret\nbob boss " + TOKEN + "\neve reviewer\n" + "eva reviewer " + TOKEN
                + "\nevi operator " + TOKEN + "\n");
        assertThatThrownBy(() -> TokenFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + ":1: the token has fewer than 16 characters")
                .hasMessageContaining(file + ":2: expected name, reviewer or operator, and token")
                .hasMessageContaining(file + ":3: expected")
                .hasMessageContaining(file + ":5: the token is there already")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("short-secret", TOKEN));
        assertThatThrownBy(() -> TokenFile.read(file("# nobody\n"))).hasMessageContaining("has no token");
        assertThatThrownBy(() -> TokenFile.read(directory.resolve("missing"))).isInstanceOf(IOException.class);
    }
}
