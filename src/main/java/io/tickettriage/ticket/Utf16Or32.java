package io.tickettriage.ticket;

/** The encodings of Unicode that are not UTF-8, told apart by their first bytes: a byte order mark, or where the NULs are. */
enum Utf16Or32 {
    UTF_16,
    UTF_32,
    NEITHER;

    /** The encoding of a text that begins with two characters below U+0100, as JSON does, or with a byte order mark. */
    static Utf16Or32 of(byte[] bytes) {
        if (bytes.length < 2) {
            return NEITHER;
        }
        boolean nul2 = bytes.length > 2 && bytes[2] == 0;
        boolean nul3 = bytes.length > 3 && bytes[3] == 0;
        boolean four = bytes.length % 4 == 0;
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        if (first == 0xfffe || first == 0xfeff) {
            return first == 0xfffe && nul2 && nul3 && four ? UTF_32 : UTF_16;
        }
        boolean bigEndianMark =
                first == 0 && bytes.length > 3 && (bytes[2] & 0xff) == 0xfe && (bytes[3] & 0xff) == 0xff;
        if (bigEndianMark) {
            return UTF_32;
        }
        if (bytes[0] != 0 && bytes[1] == 0) {
            return nul2 && nul3 && four ? UTF_32 : bytes.length % 2 == 0 && !nul2 ? UTF_16 : NEITHER;
        }
        if (first == 0 && nul2 && !nul3 && four && bytes.length >= 8) {
            // A schema registry's frame looks like this, too, but has its second character elsewhere.
            return bytes[4] == 0 && bytes[5] == 0 && bytes[6] == 0 ? UTF_32 : NEITHER;
        }
        boolean bigEndian16 = bytes[0] == 0 && bytes[1] != 0 && nul2 && !nul3 && bytes.length % 2 == 0;
        return bigEndian16 && bytes.length > 3 ? UTF_16 : NEITHER;
    }

    String title() {
        return name().replace('_', '-');
    }
}
