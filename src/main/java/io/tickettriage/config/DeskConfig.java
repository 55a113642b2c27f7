package io.tickettriage.config;

import java.time.Duration;

/** How much the desk keeps, how long a claim lasts, and who may use it. */
public record DeskConfig(
        @Setting(name = "triage.desk.window", value = "7d", min = 60_000, max = 365 * 86_400_000L)
        Duration window,

        @Setting(name = "triage.desk.max.open", value = "10000", min = 1, max = 1_000_000)
        int maxOpen,

        @Setting(name = "triage.desk.max.recent", value = "10000", min = 1, max = 1_000_000)
        int maxRecent,

        @Setting(name = "triage.desk.max.bytes", value = "16 MiB", min = 1_048_576, max = 1 << 30, bytes = true)
        int maxBytes,

        @Setting(name = "triage.desk.claim", value = "2m", min = 5_000, max = 600_000)
        Duration claim,

        @Setting(name = DeskConfig.TOKENS_FILE, value = "", pattern = ".*")
        String tokensFile,

        @Setting(
                name = DeskConfig.PROXY_HEADER,
                value = "",
                pattern = "[A-Za-z0-9-]*",
                expected = "the name of a request header")
        String proxyHeader,

        @Setting(
                name = DeskConfig.PROXY_SECRET,
                value = "",
                pattern = "|\\S{16,}",
                expected = "at least 16 characters without blanks")
        String proxySecret,

        @Setting(name = "triage.desk.learn.command", value = "", pattern = ".*")
        String learnCommand) {
    public static final String TOKENS_FILE = "triage.desk.tokens.file";
    public static final String PROXY_HEADER = "triage.desk.proxy.header";
    public static final String PROXY_SECRET = "triage.desk.proxy.secret";
}
