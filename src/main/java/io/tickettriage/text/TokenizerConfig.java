package io.tickettriage.text;

import java.util.List;
import java.util.Map;

/**
 * How text becomes features; travels inside the artifact, so that a model is always fed what it was trained on.
 *
 * @param aliases spelling → the word it is read as ({@code plz} → {@code please}); both folded, one word each
 * @param negators words that turn the following ones round ({@code not}, {@code never}, {@code nahi})
 * @param negationWindow how many words after a negator also count as negated; 0 for none
 * @param phraseWords the longest phrase, in words: 1, 2 or 3
 * @param minFragment the shortest character n-gram, boundaries included
 * @param maxFragment the longest character n-gram, boundaries included; 0 for none
 * @param maxTokens where reading stops; later text is ignored
 * @param metadata names of the ticket metadata that become features such as {@code product:billing}
 */
public record TokenizerConfig(
        Map<String, String> aliases,
        List<String> negators,
        int negationWindow,
        int phraseWords,
        int minFragment,
        int maxFragment,
        int maxTokens,
        List<String> metadata) {

    /** Copies the collections and checks the ranges. */
    public TokenizerConfig {
        aliases = Map.copyOf(aliases);
        negators = List.copyOf(negators);
        metadata = List.copyOf(metadata);
        check("negation_window", negationWindow, 0, 10);
        check("phrase_words", phraseWords, 1, 3);
        check("max_fragment", maxFragment, 0, 8);
        check("min_fragment", minFragment, 1, Math.max(1, maxFragment));
        check("max_tokens", maxTokens, 1, 100_000);
    }

    private static void check(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    "preprocess." + name + " is " + value + ", expected " + from + " to " + to);
        }
    }
}
