package io.tickettriage.kafka;

/** How large records may be, in bytes, uncompressed. The files of {@code topics/} and the broker's settings say the same. */
public final class SizeLimits {
    // A record of tickets.models: a whole artifact.
    public static final int MODEL_BYTES = 8 * 1024 * 1024;
    // A record of tickets.scored, of the queues and of the DLQ, key and headers included.
    public static final int RECORD_BYTES = 4 * 1024 * 1024;
    // The value of a dead letter; a larger one is cut.
    public static final int DEAD_LETTER_BYTES = 1024 * 1024;
    // The key and the headers of an input record; more of them is rejected.
    public static final int ENVELOPE_BYTES = 256 * 1024;

    private SizeLimits() {}
}
