package io.tickettriage.model.v1;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normalisation of artifact version 1, kept for parity with the models exported by {@code pncraz/tickets-inf}: regular
 * expressions over ASCII classes, applied one after another. Version 2 reads text with the tokenizer of {@code text} instead.
 */
final class V1Normalizer {
    private static final String WORD = "[A-Za-z0-9_]";
    /** {@code \b} for ASCII words; the one of {@code java.util.regex} knows Unicode on some Java versions. */
    private static final String EDGE = "(?:(?<=" + WORD + ")(?!" + WORD + ")|(?<!" + WORD + ")(?=" + WORD + "))";

    private static final Pattern URL = Pattern.compile("https?://[^ \\t\\n\\f\\r]+|www\\.[^ \\t\\n\\f\\r]+");
    private static final Pattern EMAIL =
            Pattern.compile(EDGE + "[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+" + EDGE);
    private static final Pattern NUMBER = Pattern.compile(EDGE + "[0-9]+" + EDGE);
    private static final Pattern NOT_KEPT = Pattern.compile("[^A-Za-z0-9<> ]+");
    private static final Pattern SPACES = Pattern.compile(" +");

    private final boolean lowercase;
    /** In the order they are applied. */
    private final Map<Pattern, String> replacements = new LinkedHashMap<>();

    /** A normaliser of an artifact's {@code preprocess} section; an empty replacement token leaves its matches alone. */
    V1Normalizer(V1Fields.Preprocess preprocess) {
        this.lowercase = preprocess.lowercase();
        replaceToken(URL, preprocess.replaceUrls());
        replaceToken(EMAIL, preprocess.replaceEmails());
        replaceToken(NUMBER, preprocess.replaceNumbers());
        // Longer keys first, equally long ones in alphabetical order: "kar do" before "kar".
        Map<String, String> hinglish = preprocess.hinglishMap();
        hinglish.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(key -> replacements.put(
                        Pattern.compile(EDGE + Pattern.quote(key) + EDGE),
                        Matcher.quoteReplacement(hinglish.getOrDefault(key, ""))));
    }

    private void replaceToken(Pattern pattern, String token) {
        if (!token.isEmpty()) {
            replacements.put(pattern, Matcher.quoteReplacement(" " + token + " "));
        }
    }

    /** The normalised text: tokens of {@code A-Za-z0-9<>}, separated by single spaces. */
    String normalize(String text) {
        String s = trimWhiteSpace(text);
        if (lowercase) {
            int[] lower = s.codePoints().map(Character::toLowerCase).toArray();
            s = new String(lower, 0, lower.length);
        }
        for (Map.Entry<Pattern, String> replacement : replacements.entrySet()) {
            s = replacement.getKey().matcher(s).replaceAll(replacement.getValue());
        }
        s = s.replace("&", " and ");
        s = NOT_KEPT.matcher(s).replaceAll(" ");
        return SPACES.matcher(s).replaceAll(" ").trim();
    }

    private static String trimWhiteSpace(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isWhiteSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
