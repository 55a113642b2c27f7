package io.tickettriage.text;

/**
 * Turns the words of a text, as {@link Tokenizer} reads them, into features: each word itself, the phrases that end with
 * it, its negated form inside a negation window, and its character n-grams.
 *
 * <p>Remembers the words before; {@link #reset} begins a new text.
 */
final class WordFeatures {
    private final TokenizerConfig rules;
    private final IntIntMap negators;
    private int previous;
    private int beforePrevious;
    private int wordsSinceBreak;
    private int negatedWords;

    WordFeatures(TokenizerConfig rules) {
        this.rules = rules;
        this.negators = new IntIntMap(rules.negators().size());
        rules.negators().forEach(negator -> negators.putIfAbsent(Fingerprint.word(negator), 0));
    }

    void reset() {
        beforePrevious = 0;
        previous = 0;
        breakPhrase();
    }

    /** Ends phrases and negation, as punctuation does. */
    void breakPhrase() {
        wordsSinceBreak = 0;
        negatedWords = 0;
    }

    /** Adds a word by its fingerprint, with its phrases and its negated form. */
    void addWord(int hash, int token, TicketFeatures out) {
        out.add(hash, TicketFeatures.Kind.WORD, token);
        if (rules.phraseWords() >= 2 && wordsSinceBreak >= 1) {
            out.add(Fingerprint.phrase(previous, hash), TicketFeatures.Kind.PHRASE, token);
            if (rules.phraseWords() >= 3 && wordsSinceBreak >= 2) {
                out.add(
                        Fingerprint.phrase(Fingerprint.phrase(beforePrevious, previous), hash),
                        TicketFeatures.Kind.PHRASE,
                        token);
            }
        }
        beforePrevious = previous;
        previous = hash;
        wordsSinceBreak++;
        if (rules.negationWindow() > 0) {
            if (negators.get(hash) != IntIntMap.ABSENT) {
                negatedWords = rules.negationWindow();
            } else if (negatedWords > 0) {
                negatedWords--;
                out.add(Fingerprint.negated(hash), TicketFeatures.Kind.NEGATED, token);
            }
        }
    }

    /** Adds the n-grams of {@code bounded[0 … length)}: a word with a boundary at either end. */
    void addFragments(char[] bounded, int length, int token, TicketFeatures out) {
        int min = rules.minFragment();
        int max = rules.maxFragment();
        for (int from = 0; from + min <= length; from++) {
            int h = Fingerprint.FRAGMENT_SEED;
            int to = Math.min(length, from + max);
            for (int k = from; k < to; k++) {
                h = Fingerprint.step(h, bounded[k]);
                if (k - from + 1 >= min) {
                    out.add(h, TicketFeatures.Kind.FRAGMENT, token);
                }
            }
        }
    }
}
