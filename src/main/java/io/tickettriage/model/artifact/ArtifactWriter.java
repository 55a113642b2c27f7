package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Json;
import io.tickettriage.format.Sha256;
import io.tickettriage.model.ArtifactJson;
import java.util.stream.Collectors;

/**
 * Writes artifacts of version 2: one top-level field a line, then the checksum over everything before it, then the
 * version and the build, which stand outside the promise that the same training gives the same bytes.
 */
public final class ArtifactWriter {
    private static final int VERSION_DIGITS = 12;

    private ArtifactWriter() {}

    /** The bytes of a model of version 2; one with an empty version is named by the first 12 digits of the checksum. */
    public static byte[] write(ModelArtifact artifact) {
        ObjectNode fields = ArtifactJson.tree(ArtifactFields.of(artifact));
        DerivedField.removeEmpty(fields);
        String body = "{\n" + lines(fields) + ",\n";
        String sha256 = Sha256.of(body);
        String named = artifact.model().version();
        String version = named.isEmpty() ? sha256.substring(0, VERSION_DIGITS) : named;
        var seal = new ArtifactFields.Seal(sha256, version, artifact.notes().build());
        return (body + lines(ArtifactJson.tree(seal)) + "\n}\n").getBytes(UTF_8);
    }

    private static String lines(ObjectNode fields) {
        return fields.properties().stream()
                .map(field -> Json.text(field.getKey()) + ":" + Json.text(field.getValue()))
                .collect(Collectors.joining(",\n"));
    }
}
