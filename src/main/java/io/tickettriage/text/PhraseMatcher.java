package io.tickettriage.text;

/**
 * Finds a phrase in a text as whole words, in any case. Where the phrase starts or ends with a word character, the text
 * must have none beside it: {@code police} is not in {@code policed}, {@code !!} is in {@code good!!}. Word characters
 * are those {@link Tokenizer} reads as such. Nothing is allocated.
 */
public final class PhraseMatcher {
    private PhraseMatcher() {}

    /** Whether a text holds a phrase, which must not be empty. */
    public static boolean contains(String text, String phrase) {
        int length = phrase.length();
        char lower = Character.toLowerCase(phrase.charAt(0));
        char upper = Character.toUpperCase(phrase.charAt(0));
        // A few letters, such as U+01CB, have a third case.
        char title = Character.toTitleCase(phrase.charAt(0));
        for (int start = 0; start + length <= text.length(); start++) {
            char c = text.charAt(start);
            if ((c == lower || c == upper || c == title)
                    && text.regionMatches(true, start, phrase, 0, length)
                    && isBoundary(text, start)
                    && isBoundary(text, start + length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no word runs across a place of the text. */
    private static boolean isBoundary(String text, int at) {
        return at == 0 || at == text.length() || !isWord(text.charAt(at - 1)) || !isWord(text.charAt(at));
    }

    private static boolean isWord(char c) {
        return CharFold.fold(c) > CharFold.DROPPED;
    }
}
