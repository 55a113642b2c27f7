package io.tickettriage.text;

import io.tickettriage.text.TicketFeatures.Kind;

/**
 * Turns the words of a text, as {@link Tokenizer} reads them, into features: each word itself, the phrases that end
 * with it, its negated form inside a negation window, and its character n-grams. Remembers the words before; {@link
 * #reset} begins a new text.
 */
final class WordFeatures {
    private final TokenizerConfig config;
    private final IntIntMap negators;
    private int previous;
    private int beforePrevious;
    private int wordsSinceBreak;
    private int negatedWords;

    WordFeatures(TokenizerConfig config) {
        this.config = config;
        this.negators = new IntIntMap(config.negators().size());
        config.negators().forEach(negator -> negators.putIfAbsent(Fingerprint.word(negator), 0));
    }

    void reset() {
        beforePrevious = 0;
        previous = 0;
        breakPhrase();
    }

    void breakPhrase() {
        wordsSinceBreak = 0;
        negatedWords = 0;
    }

    void addWord(int word, int token, TicketFeatures out) {
        out.add(word, Kind.WORD, token);
        if (config.phraseWords() >= 2 && wordsSinceBreak >= 1) {
            out.add(Fingerprint.phrase(previous, word), Kind.PHRASE, token);
        }
        if (config.phraseWords() >= 3 && wordsSinceBreak >= 2) {
            int pair = Fingerprint.phrase(beforePrevious, previous);
            out.add(Fingerprint.phrase(pair, word), Kind.PHRASE, token);
        }
        beforePrevious = previous;
        previous = word;
        wordsSinceBreak++;
        if (config.negationWindow() > 0) {
            if (negators.get(word) != IntIntMap.ABSENT) {
                negatedWords = config.negationWindow();
            } else if (negatedWords > 0) {
                negatedWords--;
                out.add(Fingerprint.negated(word), Kind.NEGATED, token);
            }
        }
    }

    /** Adds the character n-grams of {@code bounded[0 … length)}: a word with a boundary at either end. */
    void addCharNgrams(char[] bounded, int length, int token, TicketFeatures out) {
        int min = config.minCharNgram();
        int max = config.maxCharNgram();
        for (int from = 0; from + min <= length; from++) {
            int state = Fingerprint.CHAR_NGRAM_SEED;
            int to = Math.min(length, from + max);
            for (int k = from; k < to; k++) {
                state = Fingerprint.step(state, bounded[k]);
                if (k - from + 1 >= min) {
                    // Not finished, unlike words: the vocabularies of published models hold the bare state.
                    out.add(state, Kind.CHAR_NGRAM, token);
                }
            }
        }
    }
}
