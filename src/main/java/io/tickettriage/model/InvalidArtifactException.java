package io.tickettriage.model;

import org.jspecify.annotations.Nullable;

/** An artifact that must not be used; the message names the part and the numbers. */
public final class InvalidArtifactException extends Exception {
    /** What is wrong with an artifact, for meters and tests. */
    public enum Problem {
        /** The file is not a JSON object, or a field is missing or of the wrong type. */
        CORRUPT,
        /** The file, or what its model would need, exceeds a limit. */
        TOO_LARGE,
        /** Written by a newer program, or by none of ours. */
        UNKNOWN_VERSION,
        CHECKSUM_MISMATCH,
        /** A tensor has another shape than its neighbours need. */
        WRONG_SHAPE,
        /** A weight, scale, threshold or bias is no usable number. */
        INVALID_NUMBER,
        /** An index is given twice, or lies outside its tensor. */
        INVALID_INDEX,
        /** The heads, labels or preprocessing contradict themselves. */
        INVALID_CONTENT,
        /** The golden tickets do not give the outputs stored with them. */
        GOLDEN_MISMATCH;

        public InvalidArtifactException because(@Nullable String message) {
            return new InvalidArtifactException(this, String.valueOf(message));
        }
    }

    private final Problem problem;

    private InvalidArtifactException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
