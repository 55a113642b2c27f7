package io.tickettriage.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReplaceAFileAndLeaveNothingBesideIt() throws Exception {
        Path file = directory.resolve("new/file.txt");
        AtomicFile.write(file, "old".getBytes(UTF_8));
        AtomicFile.write(file, "new".getBytes(UTF_8));

        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void shouldKeepTheOldFileWhenTheNewOneFailsHalfWay() throws Exception {
        Path file = directory.resolve("file.txt");
        AtomicFile.write(file, "old".getBytes(UTF_8));

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write("ha".getBytes(UTF_8));
                    throw new IOException("no space left");
                }))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(file + ": cannot be written (no space left)");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write("ha".getBytes(UTF_8));
                    throw new IllegalStateException("a fault of the writer");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void shouldNotMoveTheHalfWrittenFileOfAnotherWriter() throws Exception {
        Path file = directory.resolve("file.txt");
        AtomicFile.write(file, out -> {
            out.write("slow ".getBytes(UTF_8));
            out.flush();
            AtomicFile.write(file, "quick".getBytes(UTF_8));
            assertThat(file).hasContent("quick");
            out.write("writer".getBytes(UTF_8));
        });

        assertThat(file).hasContent("slow writer");
    }

    @Test
    void shouldKeepThePermissionsOfTheFileItReplaces() throws Exception {
        Path file = directory.resolve("corrections.jsonl");
        for (String permissions : new String[] {"rw-------", "rw-rw----", "rw-r--r--"}) {
            AtomicFile.write(file, "old".getBytes(UTF_8));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            AtomicFile.write(file, "new".getBytes(UTF_8));
            assertThat(permissions(file)).isEqualTo(permissions);
            AtomicFile.writePrivate(file, "newer".getBytes(UTF_8));
            assertThat(permissions(file)).isEqualTo(permissions);
        }
    }

    @Test
    void shouldLetNobodyElseReadANewPrivateFileNotEvenWhileItIsWritten() throws Exception {
        Path file = directory.resolve("corrections.jsonl");
        AtomicFile.writePrivate(file, out -> {
            try (var files = Files.list(directory)) {
                assertThat(files).hasSize(1).allMatch(part -> permissions(part).equals("rw-------"));
            }
        });
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
