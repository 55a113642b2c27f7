package io.tickettriage.ticket;

import org.jspecify.annotations.Nullable;

/**
 * A record of {@code tickets.raw} before it is decoded.
 *
 * @param plainText whether the header {@code content-type: text/plain} declares the value to be the text itself
 * @param offset where it was read; with topic and partition it names a ticket that has no id of its own
 */
public record RawTicket(
        byte @Nullable [] value, byte @Nullable [] key, boolean plainText, String topic, int partition, long offset) {

    /** A JSON ticket that comes from no topic: a command line, an HTTP request, a test. */
    public static RawTicket ofJson(byte[] value, String source, long line) {
        return new RawTicket(value, null, false, source, 0, line);
    }
}
