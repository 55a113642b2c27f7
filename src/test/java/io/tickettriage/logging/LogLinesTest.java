package io.tickettriage.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines that {@code logback.xml} writes to standard error. */
class LogLinesTest {
    private static final String FORGED = "T-1\u001b[2J\r\n2026-11-20T10:00:00.000Z ERROR [main] forged";
    private static final String VISIBLE = "T-1\\u001b[2J\\r\\n2026-11-20T10:00:00.000Z ERROR [main] forged";

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final Logger logger = context.getLogger("io.tickettriage.kafka.DeadLetter");

    @BeforeEach
    void configure() throws Exception {
        System.setErr(new PrintStream(written, true, UTF_8));
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
    }

    @AfterEach
    void restore() {
        context.stop();
        System.setErr(before);
    }

    @Test
    void shouldKeepAMessageThatCarriesForeignTextInOneLine() {
        logger.warn("rejected {}: {}", "tickets.raw-3@7", FORGED);

        assertThat(lines()).hasSize(1).first().asString().endsWith(" - rejected tickets.raw-3@7: " + VISIBLE);
    }

    @Test
    void shouldKeepTheMessageOfEveryExceptionInOneLineAndTheStackTraceInMany() {
        Exception failure = new IOException(FORGED, new IllegalStateException(FORGED));
        failure.addSuppressed(new IllegalArgumentException(FORGED));
        logger.error("failed", failure);

        assertThat(lines())
                .contains(
                        "java.io.IOException: " + VISIBLE,
                        "\tSuppressed: java.lang.IllegalArgumentException: " + VISIBLE,
                        "Caused by: java.lang.IllegalStateException: " + VISIBLE)
                .anyMatch(line -> line.startsWith("\tat " + LogLinesTest.class.getName()))
                .noneMatch(line -> line.startsWith("2026-11-20"));
        assertThat(written.toString(UTF_8)).doesNotContain("\u001b", "\r");
    }

    @Test
    void shouldWriteTenLinesOfAFloodAndSayAtTheEndHowManyMoreThereWere() {
        for (int offset = 0; offset < 50_000; offset++) {
            logger.warn("rejected {}: {}", "tickets.raw-0@" + offset, "INVALID_JSON");
        }
        logger.warn("another kind");
        logger.info("and no warning");
        context.stop();

        assertThat(lines()).hasSize(13);
        assertThat(lines().get(9)).contains("rejected tickets.raw-0@9: INVALID_JSON");
        assertThat(lines().get(10)).contains("another kind");
        assertThat(lines().get(11)).contains("and no warning");
        assertThat(lines().get(12))
                .contains(" WARN ")
                .endsWith(" - left out 49990 more lines like this within 10 s; the last: rejected tickets.raw-0@49999:"
                        + " INVALID_JSON");
    }

    @Test
    void shouldLimitEachReasonByItself() {
        for (int i = 0; i < 100; i++) {
            logger.atWarn().addKeyValue("reason", "INVALID_JSON").log("rejected {}: {}", i, "INVALID_JSON");
        }
        logger.atWarn().addKeyValue("reason", "NO_TEXT").log("rejected {}: {}", 100, "NO_TEXT");

        assertThat(lines()).hasSize(11).last().asString().endsWith("rejected 100: NO_TEXT");
    }

    @Test
    void shouldLimitMessagesThatAreNeverEqualByTheirLogger() {
        for (int i = 0; i < 5_000; i++) {
            logger.warn("rejected tickets.raw-0@" + i);
        }

        assertThat(lines().size()).isLessThan(1_100);
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }
}
