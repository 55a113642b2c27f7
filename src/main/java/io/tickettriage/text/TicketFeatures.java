package io.tickettriage.text;

import java.util.Arrays;

/**
 * The features of one ticket: a reusable buffer, filled by {@link Tokenizer} and narrowed by {@link Vocabulary#retain}.
 * Before that a feature's {@link #id} is its fingerprint, then the row of the vocabulary. Not safe for use by several
 * threads.
 */
public final class TicketFeatures {
    /**
     * What a feature was made from: a word, or a sign that counts as one; two or three words in a row, owned by the last; a
     * word after a negator; a character n-gram; metadata or a property of the whole text, which no token owns.
     */
    public enum Kind {
        WORD(0),
        PHRASE(1),
        NEGATED(2),
        CHAR_NGRAM(3),
        WHOLE_TEXT(4);

        private static final Kind[] BY_CODE = values();

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** The owner of a feature that belongs to no token. */
    public static final int NO_TOKEN = -1;

    private static final int KIND_BITS = 3;

    /** {@code [size]}, with room to grow. */
    private int[] ids = new int[512];
    /** {@code [size]}: the owner of each feature, and its kind in the lowest bits. */
    private int[] sources = new int[512];
    /** {@code [tokens][2]}: start and end. */
    private int[] tokenBounds = new int[128];

    private int size;
    private int tokens;
    private int words;
    private int unknownWords;

    public int size() {
        return size;
    }

    /** The fingerprint or row of feature {@code i}. */
    public int id(int i) {
        return ids[i];
    }

    public Kind kind(int i) {
        return Kind.BY_CODE[sources[i] & ((1 << KIND_BITS) - 1)];
    }

    /** The token feature {@code i} belongs to, or {@link #NO_TOKEN}. */
    public int owner(int i) {
        return sources[i] >> KIND_BITS;
    }

    /** How many tokens were read, punctuation signs included. */
    public int tokens() {
        return tokens;
    }

    public int tokenStart(int t) {
        return tokenBounds[2 * t];
    }

    public int tokenEnd(int t) {
        return tokenBounds[2 * t + 1];
    }

    /** How many tokens are words: numbers, links and names count, punctuation does not. */
    public int words() {
        return words;
    }

    /** How many of {@link #words} the vocabulary does not hold; 0 before {@link Vocabulary#retain}. */
    public int unknownWords() {
        return unknownWords;
    }

    /** The ids themselves, valid up to {@link #size} until the next text; not to be changed. */
    public int[] ids() {
        return ids;
    }

    void clear() {
        size = 0;
        tokens = 0;
        words = 0;
        unknownWords = 0;
    }

    int addToken(int start, int end, boolean word) {
        if (2 * tokens == tokenBounds.length) {
            tokenBounds = Arrays.copyOf(tokenBounds, 4 * tokens);
        }
        tokenBounds[2 * tokens] = start;
        tokenBounds[2 * tokens + 1] = end;
        words += word ? 1 : 0;
        return tokens++;
    }

    void add(int fingerprint, Kind kind, int owner) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            sources = Arrays.copyOf(sources, 2 * size);
        }
        ids[size] = fingerprint;
        sources[size] = (owner << KIND_BITS) | kind.code;
        size++;
    }

    /** Keeps feature {@code i} as the {@code kept}-th one, under its row. */
    void keep(int i, int kept, int row) {
        ids[kept] = row;
        sources[kept] = sources[i];
    }

    void truncate(int newSize, int newUnknownWords) {
        size = newSize;
        unknownWords = newUnknownWords;
    }
}
