package io.tickettriage.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** Strictness about UTF-8 that Java and the JSON parser leave out. */
public final class Utf8 {
    private Utf8() {}

    /** The text of well-formed bytes; empty for any others. */
    public static Optional<String> decode(byte[] bytes) {
        return malformedAt(bytes) < 0 ? Optional.of(new String(bytes, UTF_8)) : Optional.empty();
    }

    /** The index of the first byte that is not well-formed UTF-8, or −1. */
    public static int malformedAt(byte[] bytes) {
        int ascii = 0;
        while (ascii < bytes.length && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii == bytes.length) {
            return -1;
        }
        CharsetDecoder decoder = UTF_8.newDecoder(); // Reports what is malformed.
        ByteBuffer in = ByteBuffer.wrap(bytes, ascii, bytes.length - ascii);
        CharBuffer discarded = CharBuffer.allocate(Math.min(1024, bytes.length - ascii));
        CoderResult result;
        do {
            discarded.clear();
            result = decoder.decode(in, discarded, true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }

    /** The text with each surrogate that has no partner replaced by U+FFFD, so that it can be written as UTF-8. */
    public static String replaceLoneSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int[] replaced = text.codePoints()
                        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                        .toArray();
                return new String(replaced, 0, replaced.length);
            }
        }
        return text;
    }
}
