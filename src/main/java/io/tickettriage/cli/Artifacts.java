package io.tickettriage.cli;

import io.tickettriage.model.ArtifactReader;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.ModelArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the artifact a command names, or the one inside the program. */
final class Artifacts {
    static final String DEFAULT = "/models/default.json";

    private Artifacts() {}

    static byte[] bytes(@Nullable Path file) throws IOException {
        if (file != null) {
            if (!Files.isRegularFile(file)) {
                throw new CommandFailedException(file + ": there is no such file");
            }
            return Files.readAllBytes(file);
        }
        try (InputStream in = Artifacts.class.getResourceAsStream(DEFAULT)) {
            if (in == null) {
                throw new CommandFailedException("the program carries no model; name one with --model FILE");
            }
            return in.readAllBytes();
        }
    }

    static ModelArtifact read(@Nullable Path file) throws IOException {
        return read(bytes(file), file == null ? "the program's model" : file.toString());
    }

    /** Reads an artifact; {@code name} is its name in errors. */
    static ModelArtifact read(byte[] file, String name) {
        try {
            return ArtifactReader.read(file);
        } catch (InvalidArtifactException e) {
            throw new CommandFailedException(name + ": " + e.getMessage(), e);
        }
    }
}
