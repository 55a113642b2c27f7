package io.tickettriage.text;

import java.text.Normalizer;

/**
 * Maps each UTF-16 unit to the letter or digit it counts as: lower case, without Latin accents, full-width forms as
 * ASCII. The mapping is one to one and knows no locale, so a text folds the same on every machine. Letters, digits and
 * combining signs of other scripts stay as they are: Devanagari is read, not dropped.
 */
final class CharFold {
    /** Ends a word. */
    static final char SEPARATOR = 0;
    /** Vanishes without ending a word: apostrophes, Latin combining accents, joiners, variation selectors. */
    static final char DROPPED = 1;

    private static final int TABLE_SIZE = 0x2100;
    private static final char[] TABLE = new char[TABLE_SIZE];

    static {
        for (int c = 0; c < TABLE_SIZE; c++) {
            TABLE[c] = classify((char) c);
        }
    }

    private CharFold() {}

    static char fold(char c) {
        return c < TABLE_SIZE ? TABLE[c] : classify(c);
    }

    private static char classify(char c) {
        if (c == '\'' || c == '\u2019' || c == '\u2018' || c == '`' || c == '\u00b4') {
            return DROPPED;
        }
        if ((c >= '\u0300' && c <= '\u036f') || (c >= '\ufe00' && c <= '\ufe0f') || (c >= '\u200b' && c <= '\u200d')) {
            return DROPPED;
        }
        if (c >= '\uff01' && c <= '\uff5e') {
            return fold((char) (c - 0xfee0));
        }
        if (Character.isLetterOrDigit(c)) {
            return Character.toLowerCase(withoutAccent(c));
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK ? c : SEPARATOR;
    }

    private static char withoutAccent(char c) {
        if (c < 0x80 || c >= 0x250) {
            return c;
        }
        char base = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
        return Character.isLetter(base) ? base : c;
    }
}
