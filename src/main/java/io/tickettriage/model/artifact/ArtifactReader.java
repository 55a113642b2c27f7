package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.ArtifactJson;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.v1.V1ArtifactReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an artifact of version 1 or 2 and refuses whatever could not score. Nothing is repaired. */
public final class ArtifactReader {
    /** The version this program writes, and the newest it reads. */
    public static final int FORMAT_VERSION = 2;

    /** The largest file that is read, and the largest record of the models topic. */
    public static final int MAX_FILE_BYTES = 8 * 1024 * 1024;

    /** A file of version 2 begins with the one; the other is a number in version 1 alone. */
    private static final Set<String> FORMAT_FIELDS = Set.of("format_version", "version");

    private static final Set<String> UNCOVERED_FIELDS = Set.of("version", "build");

    private ArtifactReader() {}

    /** Reads and validates the bytes of an artifact file of either version, golden tickets included. */
    public static ModelArtifact read(byte[] file) throws InvalidArtifactException {
        return formatVersion(file) == 1 ? readVersionOne(file) : readCurrent(file);
    }

    /** The same for a model that is to serve: version 1, which has no thresholds, is refused unread. */
    public static ModelArtifact readToServe(byte[] file) throws InvalidArtifactException {
        if (formatVersion(file) == 1) {
            throw Problem.UNKNOWN_VERSION.because("artifacts of version 1 have no thresholds and cannot route tickets");
        }
        return readCurrent(file);
    }

    /** 1 or 2, at the price of a look at the first fields. */
    private static int formatVersion(byte[] file) throws InvalidArtifactException {
        if (file.length > MAX_FILE_BYTES) {
            throw Problem.TOO_LARGE.because("has " + file.length + " bytes, the limit is " + MAX_FILE_BYTES);
        }
        int format = ArtifactJson.firstNumber(file, FORMAT_FIELDS);
        if (format != 1 && format != FORMAT_VERSION) {
            throw Problem.UNKNOWN_VERSION.because(
                    "format version " + format + " is unknown; this program reads 1 and " + FORMAT_VERSION);
        }
        return format;
    }

    private static ModelArtifact readVersionOne(byte[] file) throws InvalidArtifactException {
        ObjectNode json = ArtifactJson.parse(file);
        try {
            return new ModelArtifact(V1ArtifactReader.read(json), notes(json), List.of());
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_CONTENT.because(e.getMessage());
        }
    }

    private static ModelArtifact readCurrent(byte[] file) throws InvalidArtifactException {
        ObjectNode json = ArtifactJson.parse(file);
        try {
            return readCurrent(json, file);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_CONTENT.because(e.getMessage());
        }
    }

    private static ModelArtifact readCurrent(ObjectNode json, byte[] file) throws InvalidArtifactException {
        ModelArtifact.Notes notes = notes(json);
        ArtifactFields.Seal seal = ArtifactJson.read(json, ArtifactFields.Seal.class);
        verifySeal(seal, json, file);
        DerivedField.addMissing(json);
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

    private static void verifySeal(ArtifactFields.Seal seal, ObjectNode json, byte[] file)
            throws InvalidArtifactException {
        String computed = Checksum.of(file);
        if (!computed.equals(seal.sha256())) {
            throw Problem.CHECKSUM_MISMATCH.because("checksum mismatch: the file says " + seal.sha256() + ", its first "
                    + Checksum.coveredBytes(file) + " bytes give " + computed);
        }
        boolean covered = true;
        for (String field : (Iterable<String>) json::fieldNames) {
            if (!covered && !UNCOVERED_FIELDS.contains(field)) {
                throw Problem.CORRUPT.because(field + " stands after the checksum, which does not cover it");
            }
            covered &= !field.equals(Checksum.FIELD);
        }
        Optional<String> misnamed = VersionName.problem(seal.version());
        if (misnamed.isPresent()) {
            throw Problem.INVALID_CONTENT.because(misnamed.get());
        }
    }
}
