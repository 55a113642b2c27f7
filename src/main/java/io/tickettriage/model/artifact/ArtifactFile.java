package io.tickettriage.model.artifact;

import io.tickettriage.model.InvalidArtifactException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds artifacts: the file that was named, or the model inside the program. */
public final class ArtifactFile {
    private static final String BUNDLED = "/models/default.json";

    private ArtifactFile() {}

    /** The bytes of an artifact file; null for the model inside the program. */
    public static byte[] bytes(@Nullable Path file) throws IOException {
        if (file != null) {
            if (!Files.isRegularFile(file)) {
                throw new FileNotFoundException(file + ": there is no such file");
            }
            long bytes = Files.size(file);
            if (bytes > ArtifactReader.MAX_FILE_BYTES) {
                throw new IOException(
                        file + ": has " + bytes + " bytes, an artifact at most " + ArtifactReader.MAX_FILE_BYTES);
            }
            return Files.readAllBytes(file);
        }
        try (InputStream in = ArtifactFile.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new FileNotFoundException("the program carries no model; name one with --model FILE");
            }
            return in.readAllBytes();
        }
    }

    /** Reads an artifact file; null for the model inside the program. The error of an invalid one names the file. */
    public static ModelArtifact read(@Nullable Path file) throws IOException {
        return read(bytes(file), file == null ? "the program's model" : file.toString());
    }

    /** Reads an artifact; {@code name} is its name in errors. */
    public static ModelArtifact read(byte[] file, String name) throws IOException {
        try {
            return ArtifactReader.read(file);
        } catch (InvalidArtifactException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }
}
