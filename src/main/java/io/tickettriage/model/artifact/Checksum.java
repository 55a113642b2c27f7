package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tickettriage.model.artifact.InvalidArtifactException.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum of an artifact: SHA-256 over the bytes before the quote that opens its {@code "sha256"} field. */
final class Checksum {
    static final String FIELD = "\"sha256\"";

    private Checksum() {}

    static String of(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static void verify(byte[] file, String stored) throws InvalidArtifactException {
        // ISO 8859-1 keeps one character for each byte, so the index is a byte offset. The field stands near the end:
        // what follows it holds no field of that name.
        int length = new String(file, ISO_8859_1).lastIndexOf(FIELD);
        String computed = of(file, length);
        if (!computed.equals(stored)) {
            throw new InvalidArtifactException(
                    Problem.CHECKSUM_MISMATCH,
                    "checksum mismatch: the file says " + stored + ", its first " + length + " bytes give " + computed);
        }
    }
}
