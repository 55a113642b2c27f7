package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Sha256;
import io.tickettriage.model.ArtifactJson;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.v1.V1ArtifactReader;
import java.util.List;

/** Reads an artifact of version 1 or 2 and refuses whatever could not score. Nothing is repaired. */
public final class ArtifactReader {
    /** The version this program writes, and the newest it reads. */
    public static final int FORMAT_VERSION = 2;

    private ArtifactReader() {}

    /** Reads and validates the bytes of an artifact file, golden tickets included. */
    public static ModelArtifact read(byte[] file) throws InvalidArtifactException {
        ObjectNode json = ArtifactJson.parse(file);
        JsonNode current = json.path("format_version");
        int format = current.isInt() ? current.intValue() : json.path("version").asInt(0);
        try {
            return switch (format) {
                case 1 -> new ModelArtifact(V1ArtifactReader.read(json), notes(json), List.of());
                case FORMAT_VERSION -> readCurrent(json, file);
                default ->
                    throw Problem.UNKNOWN_VERSION.because(
                            "format version " + format + " is unknown; this program reads 1 and " + FORMAT_VERSION);
            };
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_CONTENT.because(e.getMessage());
        }
    }

    private static ModelArtifact readCurrent(ObjectNode json, byte[] file) throws InvalidArtifactException {
        ModelArtifact.Notes notes = notes(json);
        ArtifactFields.Seal seal = ArtifactJson.read(json, ArtifactFields.Seal.class);
        verifyChecksum(file, seal.sha256());
        ArtifactFields fields = ArtifactJson.read(json, ArtifactFields.class);
        TicketModel model = new TicketModel(
                seal.version(), seal.sha256(), FORMAT_VERSION, fields.heads(), fields.review(), fields.toNetwork());
        ModelArtifact artifact = new ModelArtifact(model, notes, fields.golden());
        artifact.replayGolden();
        return artifact;
    }

    /** The notes; one that is not there is empty, in {@code json} too. */
    private static ModelArtifact.Notes notes(ObjectNode json) {
        return new ModelArtifact.Notes(
                note(json, "metrics"), note(json, "reference"), note(json, "provenance"), note(json, "build"));
    }

    private static ObjectNode note(ObjectNode json, String name) {
        return json.get(name) instanceof ObjectNode note ? note : json.putObject(name);
    }

    private static void verifyChecksum(byte[] file, String stored) throws InvalidArtifactException {
        // ISO 8859-1 keeps one character for each byte, so the index is a byte offset. The field stands near the end:
        // what follows it holds no field of that name.
        int length = new String(file, ISO_8859_1).lastIndexOf("\"sha256\"");
        String computed = Sha256.of(file, length);
        if (!computed.equals(stored)) {
            throw Problem.CHECKSUM_MISMATCH.because(
                    "checksum mismatch: the file says " + stored + ", its first " + length + " bytes give " + computed);
        }
    }
}
