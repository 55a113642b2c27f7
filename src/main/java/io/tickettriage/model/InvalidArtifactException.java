package io.tickettriage.model;

/** An artifact that must not be used; the message names the part and the numbers. */
public final class InvalidArtifactException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with an artifact, for meters and tests. */
    public enum Problem {
        /** Not a JSON object, or a field is missing or of the wrong type. */
        CORRUPT,
        /** Written by a newer program, or by none of ours. */
        UNKNOWN_VERSION,
        /** The bytes are not those the checksum was computed over. */
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
        GOLDEN_MISMATCH
    }

    private final Problem problem;

    public InvalidArtifactException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** What a constructor refused. */
    public InvalidArtifactException(Problem problem, IllegalArgumentException cause) {
        this(problem, String.valueOf(cause.getMessage()));
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
