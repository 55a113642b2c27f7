package io.tickettriage.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the program is installed: files a user may edit lie there, and copies of them inside the program. */
final class Home {
    private Home() {}

    /** The directory that relative paths of the configuration start from. */
    static Path directory() {
        return Path.of(System.getenv().getOrDefault("TRIAGE_HOME", ""));
    }

    /** The content of a configured file, or of its copy in the program where the file does not exist. */
    static String read(String path) throws IOException {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Opens a configured file, or its copy in the program where the file does not exist. */
    static InputStream open(String path) throws IOException {
        Path file = directory().resolve(path);
        if (Files.exists(file)) {
            return Files.newInputStream(file);
        }
        InputStream bundled = Home.class.getClassLoader().getResourceAsStream(path);
        if (bundled == null) {
            throw new FileNotFoundException("there is no file " + file.toAbsolutePath());
        }
        return bundled;
    }
}
