package io.tickettriage.verify.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SupervisedProcessTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void shouldStartAProcessAgainThatEndsUnasked() {
        try (SupervisedProcess process = process("exit 3")) {
            process.start();

            await().atMost(TIMEOUT).until(() -> process.unexpectedExits() >= 2);
        }
    }

    @Test
    void shouldLeaveAKilledProcessDown() {
        try (SupervisedProcess process = process("sleep 60")) {
            process.start();
            assertThat(process.isAlive()).isTrue();

            process.kill();

            assertThat(process.isAlive()).isFalse();
            process.start();
            assertThat(process.isAlive()).isTrue();
            assertThat(process.unexpectedExits()).isZero();
        }
    }

    @Test
    void shouldStartByTheReplacedCommandOnceItIsStopped() {
        try (SupervisedProcess process = process("echo first; sleep 60")) {
            process.start();
            await().atMost(TIMEOUT).until(() -> Files.readString(log()).contains("first"));

            process.replaceCommand(List.of("bash", "-c", "echo second; sleep 60"));
            process.stop();
            process.start();

            await().atMost(TIMEOUT).until(() -> Files.readString(log()).contains("second"));
            assertThat(process.unexpectedExits()).isZero();
        }
    }

    @Test
    void shouldFailToWriteOnAFullDiskButSaySo() throws Exception {
        Path file = directory.resolve("file");
        String write =
                "trap '' XFSZ; dd if=/dev/zero bs=1024 count=100 2>/dev/null >'" + file + "' || echo full; sleep 60";
        try (SupervisedProcess process = process(write)) {
            process.startOnFullDisk(64);

            await().atMost(TIMEOUT).until(() -> Files.readString(log()).contains("full"));
            assertThat(Files.size(file)).isEqualTo(64 * 1024);
        }
    }

    private SupervisedProcess process(String script) {
        return new SupervisedProcess("a process", List.of("bash", "-c", script), log());
    }

    private Path log() {
        return directory.resolve("log");
    }
}
