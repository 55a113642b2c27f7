package io.tickettriage.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.cli.shared.CommandFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTheSampleTicketsWhereNoFileIsGiven() throws Exception {
        assertThat(BenchmarkCommand.texts(null)).hasSizeGreaterThan(100);
    }

    @Test
    void shouldTakeTheTextOfEachLineThatHasOne() throws Exception {
        Path file = Files.writeString(directory.resolve("rows.jsonl"), """
                {"text":"where is my refund","department":"billing"}
                {"subject":"no text"}
                {"text":" "}
                """);

        assertThat(BenchmarkCommand.texts(file)).containsExactly("where is my refund");
    }

    @Test
    void shouldSayWhichFileHasNoText() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.jsonl"), "");

        assertThatThrownBy(() -> BenchmarkCommand.texts(file))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(file + ": no line has a text");
    }
}
