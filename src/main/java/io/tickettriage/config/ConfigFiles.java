package io.tickettriage.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds configuration: the file that was named, else the project's, else the default inside the program. */
public final class ConfigFiles {
    private ConfigFiles() {}

    /** What relative paths in configuration files start from: {@code TRIAGE_HOME}, else the working directory. */
    public static Path home() {
        String home = System.getenv("TRIAGE_HOME");
        return Path.of(home == null || home.isBlank() ? "" : home).toAbsolutePath();
    }

    /** The text of a file that a setting names, or of its copy inside the program. */
    public static String text(String path) throws IOException {
        return read(path, (in, source) -> new String(in.readAllBytes(), UTF_8));
    }

    /** Reads a configuration from a file called {@code source}. */
    public interface Reader<T> {
        T read(InputStream in, String source) throws IOException;
    }

    /** Reads a file that a setting names, or its copy inside the program where the file does not exist. */
    public static <T> T read(String path, Reader<T> reader) throws IOException {
        Path file = home().resolve(path);
        boolean exists = Files.isRegularFile(file);
        try (InputStream in = exists ? Files.newInputStream(file) : ConfigFiles.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IOException(file + ": there is no such file");
            }
            return reader.read(in, path);
        }
    }

    /** Reads {@code given}, or else {@code config/<name>}. */
    public static <T> T read(@Nullable Path given, String name, Reader<T> reader) throws IOException {
        Path file = given == null ? home().resolve("config").resolve(name) : given;
        if (Files.isRegularFile(file)) {
            try (InputStream yaml = Files.newInputStream(file)) {
                return reader.read(yaml, file.toString());
            }
        }
        if (given != null) {
            throw new IOException(file + ": there is no such file");
        }
        return read("config/" + name, reader);
    }
}
