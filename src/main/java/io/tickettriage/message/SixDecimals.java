package io.tickettriage.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes numbers with exactly six decimals, without an object for each. Not safe for use by several threads. */
final class SixDecimals {
    private static final int DECIMALS = 6;
    private static final long SCALE = 1_000_000;

    private final char[] digits = new char[24];

    /** Writes a field with a finite number; six decimals of a float are all it has below 16. */
    void write(JsonGenerator json, String field, float value) throws IOException {
        json.writeFieldName(field);
        long scaled = Math.round((double) value * SCALE);
        long rest = Math.abs(scaled);
        int at = digits.length;
        for (int i = 0; i < DECIMALS; i++) {
            digits[--at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        digits[--at] = '.';
        do {
            digits[--at] = (char) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        if (scaled < 0) {
            digits[--at] = '-';
        }
        json.writeRawValue(digits, at, digits.length - at);
    }
}
