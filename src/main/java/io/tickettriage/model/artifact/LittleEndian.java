package io.tickettriage.model.artifact;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import java.nio.ByteBuffer;

/** The numbers of a tensor as bytes: four each, the least significant first. Errors name the tensor by its path. */
final class LittleEndian {
    private LittleEndian() {}

    static byte[] bytes(float[] floats) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        return bytes.array();
    }

    static byte[] bytes(int[] integers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * integers.length).order(LITTLE_ENDIAN);
        bytes.asIntBuffer().put(integers);
        return bytes.array();
    }

    /** As many float32 values as expected, all finite. */
    static float[] floats(String path, byte[] bytes, int expected) throws InvalidArtifactException {
        requireLength(path, bytes.length, 4L * expected);
        float[] floats = new float[expected];
        ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).asFloatBuffer().get(floats);
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(floats[i])) {
                throw Problem.INVALID_NUMBER.because("tensor " + path + ": value " + i + " is " + floats[i]);
            }
        }
        return floats;
    }

    static int[] integers(String path, byte[] bytes) throws InvalidArtifactException {
        if (bytes.length % 4 != 0) {
            throw Problem.WRONG_SHAPE.because(path + " has " + bytes.length + " bytes, no multiple of 4");
        }
        int[] integers = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).asIntBuffer().get(integers);
        return integers;
    }

    static void requireLength(String path, long found, long expected) throws InvalidArtifactException {
        if (found != expected) {
            throw Problem.WRONG_SHAPE.because("tensor " + path + " has " + found + " bytes, expected " + expected);
        }
    }
}
