package io.tickettriage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that say what a format looks like; {@code -Dgolden.update=true} writes them anew, for a person to review. */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Compares a text with the golden file of that name. */
    public static void assertMatches(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, actual.strip() + "\n");
        }
        assertThat(actual.strip()).isEqualTo(Files.readString(file).strip());
    }
}
