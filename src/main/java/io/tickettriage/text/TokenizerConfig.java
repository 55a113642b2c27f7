package io.tickettriage.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * How text becomes features: the {@code preprocess} section of an artifact, so that a model is always fed what it was
 * trained on.
 *
 * @param aliases spelling → the word it is read as ({@code plz} → {@code please}); both folded, one word each
 * @param negators words that negate the following ones ({@code not}, {@code never}, {@code nahi})
 * @param negationWindow how many words after a negator also count as negated; 0 for none
 * @param phraseWords the longest phrase, in words: 1, 2 or 3
 * @param minCharNgram the shortest character n-gram, word boundaries included
 * @param maxCharNgram the longest character n-gram, word boundaries included; 0 for none
 * @param maxTokens where reading stops; later text is ignored
 * @param metadata names of the ticket metadata that become features such as {@code product:billing}
 */
public record TokenizerConfig(
        Map<String, String> aliases,
        List<String> negators,
        int negationWindow,
        int phraseWords,
        @JsonProperty("min_fragment") int minCharNgram,
        @JsonProperty("max_fragment") int maxCharNgram,
        int maxTokens,
        List<String> metadata) {

    public TokenizerConfig {
        aliases = Map.copyOf(aliases);
        negators = List.copyOf(negators);
        metadata = List.copyOf(metadata);
        check("negation_window", negationWindow, 0, 10);
        check("phrase_words", phraseWords, 1, 3);
        check("max_fragment", maxCharNgram, 0, 8);
        check("min_fragment", minCharNgram, 1, Math.max(1, maxCharNgram));
        check("max_tokens", maxTokens, 1, 100_000);
    }

    private static void check(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + from + " to " + to);
        }
    }
}
