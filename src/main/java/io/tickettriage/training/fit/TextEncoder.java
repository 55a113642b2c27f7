package io.tickettriage.training.fit;

import io.tickettriage.text.TicketFeatures;
import io.tickettriage.text.Tokenizer;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import io.tickettriage.training.data.TrainingRow;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Encodes texts with the tokenizer and the vocabulary that score them. One instance per thread. */
public final class TextEncoder {
    private final Tokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final TicketFeatures features = new TicketFeatures();

    /** Rows of the vocabulary, one that occurs twice is there twice; the token of each, or −1; how many tokens. */
    public record Encoded(int[] features, int[] owners, int tokens) {}

    /** An encoder for the features of a vocabulary. */
    public TextEncoder(TokenizerConfig tokenizer, Vocabulary vocabulary) {
        this.tokenizer = new Tokenizer(tokenizer);
        this.vocabulary = vocabulary;
    }

    /** Encodes the text of a row. */
    public Encoded encode(TrainingRow row) {
        return encode(row.text(), row.metadata());
    }

    Encoded encode(String text, Map<String, String> metadata) {
        tokenizer.tokenize(text, metadata, features);
        vocabulary.retain(features);
        int[] owners = IntStream.range(0, features.size()).map(features::owner).toArray();
        return new Encoded(Arrays.copyOf(features.ids(), owners.length), owners, features.tokens());
    }
}
