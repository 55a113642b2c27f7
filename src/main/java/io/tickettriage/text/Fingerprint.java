package io.tickettriage.text;

/**
 * 32-bit fingerprints of words, phrases and character n-grams (FNV-1a over UTF-16 units, finished as in MurmurHash3).
 * Part of the artifact format: models store their character n-grams as these numbers, so they must never change. With
 * 50,000 known features an unknown one is mistaken for a known one about once in 80,000.
 */
final class Fingerprint {
    static final int WORD_SEED = 0x811c9dc5;
    static final int CHAR_NGRAM_SEED = 0x2f0b4a27;
    /** Stands before the first and after the last character of a word inside a character n-gram. */
    static final char BOUNDARY = 2;

    private static final int PRIME = 0x01000193;
    private static final int NEGATED = 0x6a09e667;

    private Fingerprint() {}

    static int step(int state, char c) {
        return (state ^ c) * PRIME;
    }

    static int finish(int state) {
        int h = state;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    static int word(CharSequence word) {
        int h = WORD_SEED;
        for (int i = 0; i < word.length(); i++) {
            h = step(h, word.charAt(i));
        }
        return finish(h);
    }

    /** The fingerprint of a phrase extended by one word. */
    static int phrase(int phrase, int nextWord) {
        return finish(phrase * 31 + nextWord);
    }

    static int negated(int word) {
        return finish(word ^ NEGATED);
    }
}
