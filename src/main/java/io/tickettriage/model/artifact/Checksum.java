package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tickettriage.format.Sha256;
import java.util.Arrays;

/**
 * The SHA-256 of what an artifact file says about its model: the bytes before the field of that name, which stands near the
 * end. It is what tells two models apart, whatever they are called.
 */
public final class Checksum {
    static final String FIELD = "sha256";
    private static final byte[] QUOTED_FIELD = ('"' + FIELD + '"').getBytes(US_ASCII);

    private Checksum() {}

    /** The checksum that a file should carry; of bytes without such a field, that of all of them. */
    public static String of(byte[] file) {
        return Sha256.of(file, coveredBytes(file));
    }

    /** How many bytes it covers. */
    static int coveredBytes(byte[] file) {
        int length = QUOTED_FIELD.length;
        for (int at = file.length - length; at >= 0; at--) {
            if (file[at] == '"' && Arrays.equals(file, at, at + length, QUOTED_FIELD, 0, length)) {
                return at;
            }
        }
        return file.length;
    }
}
