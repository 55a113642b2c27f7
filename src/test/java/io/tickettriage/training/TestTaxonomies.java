package io.tickettriage.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.taxonomy.Taxonomy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Taxonomies for tests. */
public final class TestTaxonomies {
    private TestTaxonomies() {}

    /** The project's own. */
    public static Taxonomy project() {
        return yaml(read(Path.of("config/taxonomy.yaml")));
    }

    /** One that is given as text. */
    public static Taxonomy yaml(String text) {
        try {
            return Taxonomy.read(new ByteArrayInputStream(text.getBytes(UTF_8)), "test taxonomy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
