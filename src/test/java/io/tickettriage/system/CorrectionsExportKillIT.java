package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.testing.KafkaBroker;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.testing.TriageProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The exported file is whole, whenever the exporter dies. */
class CorrectionsExportKillIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = 5;
    private static final int EXAMPLES = 4_000;
    private static final String FILLER = "where is my parcel ".repeat(50);

    @RegisterExtension
    static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir
    private Path directory;

    @Test
    void shouldLeaveTheOldFileOrTheNewOneWhenKilledWhileItFollows() throws Exception {
        Path out = Files.createDirectory(directory.resolve("out"));
        Path file = out.resolve("corrections.jsonl");
        try (TestCluster cluster =
                new TestCluster(BROKER.bootstrap(), BROKER.prefix(), directory, Map.of("tickets.corrections", 1))) {
            sendAll(cluster, 0);
            int generation = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                try (TriageProcess exporter = TriageProcess.start(
                        directory.resolve("export.log"),
                        List.of("-Xmx256m"),
                        "corrections",
                        "export",
                        "--out",
                        file.toString(),
                        "--follow",
                        "--interval",
                        "0",
                        "--bootstrap",
                        BROKER.bootstrap(),
                        "--prefix",
                        BROKER.prefix())) {
                    if (kill > 0) {
                        // It writes once at its start; from the second life on it is killed while it follows.
                        await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("wrote " + EXAMPLES));
                    }
                    sendAll(cluster, ++generation);
                    await().atMost(Duration.ofSeconds(30))
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> isWriting(out));
                    exporter.kill();
                }
                if (Files.exists(file)) {
                    assertWhole(file);
                }
                Files.deleteIfExists(directory.resolve("export.log"));
            }
            assertThat(cluster.triage("corrections", "export", "--out", file.toString())
                            .code())
                    .isZero();
            assertWhole(file);
            assertThat(Files.readString(file)).contains("generation " + generation);
        }
    }

    private static void sendAll(TestCluster cluster, int generation) {
        for (int i = 0; i < EXAMPLES; i++) {
            cluster.send(
                    cluster.names().corrections(),
                    "T-" + i,
                    "{\"text\":\"generation " + generation + " " + FILLER + "\",\"intent\":\"praise\"}");
        }
        cluster.flush();
    }

    private String log() throws Exception {
        return Files.readString(directory.resolve("export.log"));
    }

    private static boolean isWriting(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(
                    file -> file.toString().endsWith(".part") && file.toFile().length() > 0);
        }
    }

    private static void assertWhole(Path file) throws Exception {
        String content = Files.readString(file);
        assertThat(content).endsWith("}\n");
        List<String> ids = new ArrayList<>();
        for (String line : content.lines().toList()) {
            JsonNode example = JSON.readTree(line);
            ids.add(example.path("id").asText());
        }
        assertThat(ids).hasSize(EXAMPLES).isSorted().doesNotHaveDuplicates();
    }
}
