package io.tickettriage.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds configuration: the file that was named, else the project's, else the default inside the program. */
final class ConfigFiles {
    private ConfigFiles() {}

    /** What relative paths in configuration files start from: {@code TRIAGE_HOME}, else the working directory. */
    static Path home() {
        String home = System.getenv("TRIAGE_HOME");
        return Path.of(home == null || home.isBlank() ? "" : home).toAbsolutePath();
    }

    /** Reads a configuration. */
    interface Reader<T> {
        T read(InputStream yaml, String source) throws IOException;
    }

    /** Reads {@code given}, or else {@code config/<name>}. */
    static <T> T read(@Nullable Path given, String name, Reader<T> reader) throws IOException {
        Path file = given == null ? home().resolve("config").resolve(name) : given;
        if (Files.isRegularFile(file)) {
            try (InputStream yaml = Files.newInputStream(file)) {
                return reader.read(yaml, file.toString());
            }
        }
        if (given != null) {
            throw new CommandFailedException(file + ": there is no such file");
        }
        try (InputStream yaml = ConfigFiles.class.getResourceAsStream("/config/" + name)) {
            if (yaml == null) {
                throw new CommandFailedException(file + ": there is no such file, and the program carries none");
            }
            return reader.read(yaml, "config/" + name);
        }
    }
}
