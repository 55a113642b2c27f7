package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.RunningTriage;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Ids, names and values that try to write the log themselves, or to give orders to a terminal. */
class HostileTextIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "T-1\u001b[2J\r\n2026-11-20T10:00:00.000Z ERROR [main] forged";
    private static final String IN_JSON = "T-1\\u001b[2J\\r\\n2026-11-20T10:00:00.000Z ERROR [main] forged";
    private static final int REJECTS = 3_000;

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // Set before it is used: by init, or before each test.
    private TestCluster cluster;

    @BeforeEach
    void createTopics() throws Exception {
        cluster = new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldNeitherForgeLogLinesNorFillTheLogNorReachATerminal() throws Exception {
        try (RunningTriage application = RunningTriage.start(BROKER, directory, "scoring,corrections")) {
            application.awaitReady();
            cluster.send(cluster.names().raw(), ID, "{\"text\":\"where is my refund\"}");
            String labels = "{\"" + IN_JSON + "\":\"refund\"}";
            cluster.send(
                    cluster.names().correctionsSubmitted(),
                    ID,
                    "{\"ticket_id\":\"" + IN_JSON + "\",\"labels\":" + labels + "}");
            for (int i = 0; i < REJECTS; i++) {
                cluster.send(cluster.names().raw(), null, "{" + ID + i);
            }
            cluster.flush();
            await().atMost(PATIENCE)
                    .until(() -> cluster.records(cluster.names().dlq()).size() == REJECTS + 1);
            application.process().terminate();
        }

        List<String> log = Files.readAllLines(directory.resolve("application.log"));
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains("\u001b") || line.startsWith("2026-11-20T10:00"));
        assertThat(log).anyMatch(line -> line.contains("UNKNOWN_HEAD") && line.contains("\\u001b[2J\\r\\n"));
        List<String> rejected =
                log.stream().filter(line -> line.contains("INVALID_JSON")).toList();
        assertThat(rejected.size()).isBetween(2, 100);
        assertThat(rejected.stream().mapToLong(HostileTextIT::rejectsToldBy).sum())
                .isEqualTo(REJECTS);

        assertFit(cluster.triage("tail", "--topic", cluster.names().scored(), "--from-beginning", "--max", "1"));
        assertFit(cluster.triage("tail", "--topic", cluster.names().dlq(), "--from-beginning", "--max", "5"));
        assertFit(cluster.triage("audit", ID));
        TestCluster.Result submitted = cluster.triage("corrections", "submit", "--ticket", ID, "--label", ID + "=x");
        assertThat(submitted.code()).isEqualTo(1);
        assertThat(submitted.err()).contains("UNKNOWN_HEAD");
        assertFit(submitted);
    }

    private static long rejectsToldBy(String line) {
        Matcher more = Pattern.compile("left out (\\d+) more lines").matcher(line);
        return more.find() ? Long.parseLong(more.group(1)) : 1;
    }

    private static void assertFit(TestCluster.Result printed) {
        assertThat(printed.out() + printed.err())
                .isNotBlank()
                .doesNotContain("\u001b", "\r")
                .contains("[2J");
        assertThat((printed.out() + printed.err()).lines()).noneMatch(line -> line.startsWith("2026-11-20T10:00"));
    }
}
