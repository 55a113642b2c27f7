package io.tickettriage.training.fit;

import io.tickettriage.text.TicketFeatures;
import io.tickettriage.text.Tokenizer;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import java.util.Arrays;
import java.util.Map;

/** Encodes texts with the scanner and the vocabulary that score them. One instance per thread. */
final class TextEncoder {
    private final Tokenizer scanner;
    private final Vocabulary vocabulary;
    private final TicketFeatures features = new TicketFeatures();

    TextEncoder(TokenizerConfig rules, Vocabulary vocabulary) {
        this.scanner = new Tokenizer(rules);
        this.vocabulary = vocabulary;
    }

    EncodedText encode(String text, Map<String, String> metadata) {
        scanner.tokenize(text, metadata, features);
        vocabulary.retain(features);
        int[] owners = new int[features.size()];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = features.owner(i);
        }
        return new EncodedText(Arrays.copyOf(features.ids(), owners.length), owners, features.tokens());
    }
}
