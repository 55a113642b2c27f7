package io.tickettriage.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The frozen features of a model: first the terms (words and phrases) by name, then the character n-grams by
 * fingerprint; row by row. What is not in here does not reach the network. Immutable; safe for use by several threads.
 */
public final class Vocabulary {
    /** Marks a term made of a negated word: {@code not_refund}. */
    static final String NEGATED_PREFIX = "not_";
    /** The property of a text most of whose letters are capitals. */
    static final String SHOUTING = "<shouting>";

    private final List<String> terms;
    /** Fingerprints; n-gram {@code i} is row {@code terms + i}. */
    private final int[] charNgrams;

    private final IntIntMap rows;

    /** A vocabulary of {@code terms} followed by the fingerprints of character n-grams; a repeated one is refused. */
    public Vocabulary(List<String> terms, int[] charNgrams) {
        this.terms = List.copyOf(terms);
        this.charNgrams = charNgrams.clone();
        int size = terms.size() + charNgrams.length;
        this.rows = new IntIntMap(size);
        Set<String> seen = new HashSet<>(terms.size());
        for (int row = 0; row < size; row++) {
            boolean term = row < terms.size();
            if (term && !seen.add(terms.get(row))) {
                throw new IllegalArgumentException(
                        "vocabulary.terms[" + row + "] \"" + terms.get(row) + "\" is there twice");
            }
            int fingerprint = term ? fingerprint(terms.get(row)) : charNgrams[row - terms.size()];
            int other = rows.putIfAbsent(fingerprint, row);
            if (other >= 0) {
                throw new IllegalArgumentException("vocabulary rows " + other + " and " + row
                        + " have the same fingerprint " + Integer.toHexString(fingerprint));
            }
        }
    }

    /** The fingerprint under which {@link Tokenizer} finds a term. */
    public static int fingerprint(String term) {
        if (term.startsWith(NEGATED_PREFIX)) {
            return Fingerprint.negated(Fingerprint.word(term.substring(NEGATED_PREFIX.length())));
        }
        String[] words = term.split(" ", -1);
        int h = Fingerprint.word(words[0]);
        for (int i = 1; i < words.length; i++) {
            h = Fingerprint.phrase(h, Fingerprint.word(words[i]));
        }
        return h;
    }

    public int size() {
        return terms.size() + charNgrams.length;
    }

    public List<String> terms() {
        return terms;
    }

    public int[] charNgrams() {
        return charNgrams.clone();
    }

    /** The row of a fingerprint, or −1. */
    public int row(int fingerprint) {
        return rows.get(fingerprint);
    }

    /** Replaces the fingerprints by rows, drops what is unknown, and counts the unknown words. */
    public void retain(TicketFeatures features) {
        int kept = 0;
        int unknownWords = 0;
        int size = features.size();
        for (int i = 0; i < size; i++) {
            int row = row(features.id(i));
            if (row >= 0) {
                features.keep(i, kept++, row);
            } else if (features.kind(i) == TicketFeatures.Kind.WORD) {
                unknownWords++;
            }
        }
        features.truncate(kept, Math.min(unknownWords, features.words()));
    }
}
