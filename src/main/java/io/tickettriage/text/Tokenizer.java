package io.tickettriage.text;

import static io.tickettriage.text.TicketFeatures.NO_TOKEN;

import io.tickettriage.text.TicketFeatures.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text once, from left to right, and emits the fingerprints of its features. A word is a run of letters, digits
 * and combining signs, folded by {@link CharFold}; a letter repeated three times or more counts twice. Long numbers are
 * {@code <num>}, order codes {@code <code>}, links {@code <url>}, addresses {@code <email>}, mentions {@code <user>};
 * amounts leave {@code <money>}; an emoji, {@code !}, {@code !!}, {@code ?}, {@code ??}, {@code ...}, {@code :)} and
 * {@code :(} are tokens of their own. {@link WordFeatures} makes the features of the words. Holds buffers: one instance
 * per thread. Nothing is allocated per token.
 */
public final class Tokenizer {
    private static final int MAX_WORD_LENGTH = 48;
    private static final int SHORT_NUMBER = 3;
    private static final int CODE_DIGITS = 4;
    private static final String URL = "<url>";
    static final String EMAIL = "<email>";
    private static final String USER = "<user>";
    static final String NUMBER = "<num>";
    private static final String CODE = "<code>";
    private static final String MONEY = "<money>";
    /** What {@link Redaction} leaves behind reads as what it took out. */
    private static final String[] REDACTED = {EMAIL, NUMBER};

    private static final String PHRASE_BREAKS = ",;().!?";
    private static final String HAPPY_MOUTHS = ")DPp]";
    private static final int SHOUTING = Vocabulary.fingerprint(Vocabulary.SHOUTING);

    private final TokenizerConfig config;
    /** From the fingerprint of a spelling to the place of its word in {@link #canonicalWords}. */
    private final IntIntMap aliases;

    private final List<String> canonicalWords;
    /** {@code [canonicalWords]}. */
    private final int[] canonicalFingerprints;

    private final WordFeatures features;
    /** The word being read: a boundary, its characters, a boundary. */
    private final char[] word = new char[MAX_WORD_LENGTH + 2];

    private int wordLength;
    private int wordDigits;
    private int capitals;
    private int letters;
    /** Where a number ended that runs on as a word, so that none of its parts is one; they are not searched again. */
    private int numberWordEnd;

    private @Nullable StringBuilder normalized;

    public Tokenizer(TokenizerConfig config) {
        this.config = config;
        Map<String, String> spellings = config.aliases();
        this.canonicalWords = spellings.values().stream().distinct().sorted().toList();
        this.canonicalFingerprints =
                canonicalWords.stream().mapToInt(Fingerprint::word).toArray();
        this.aliases = new IntIntMap(spellings.size());
        spellings.forEach((from, to) -> aliases.putIfAbsent(Fingerprint.word(from), canonicalWords.indexOf(to)));
        this.features = new WordFeatures(config);
        word[0] = Fingerprint.BOUNDARY;
    }

    /** Fills {@code out} with the fingerprints of a ticket's features. */
    public void tokenize(String text, Map<String, String> metadata, TicketFeatures out) {
        out.clear();
        capitals = 0;
        letters = 0;
        numberWordEnd = 0;
        features.reset();
        readTokens(text, out);
        if (letters >= 12 && capitals * 10 > letters * 7) {
            out.add(SHOUTING, Kind.WHOLE_TEXT, NO_TOKEN);
        }
        if (!metadata.isEmpty()) {
            for (String name : config.metadata()) {
                String value = metadata.get(name);
                if (value != null) {
                    out.add(Fingerprint.word(metadataTerm(name, value)), Kind.WHOLE_TEXT, NO_TOKEN);
                }
            }
        }
    }

    /** As {@link #tokenize}, and returns the tokens as the network sees them, separated by spaces. For people and training. */
    public String tokenizeAndNormalize(String text, Map<String, String> metadata, TicketFeatures out) {
        StringBuilder tokens = new StringBuilder(text.length() + 16);
        normalized = tokens;
        try {
            tokenize(text, metadata, out);
        } finally {
            normalized = null;
        }
        return tokens.toString();
    }

    /** The term a metadata value becomes: {@code product:billing}. */
    public static String metadataTerm(String name, String value) {
        return name + ":" + value.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private void readTokens(String text, TicketFeatures out) {
        boolean mayHoldAddress = text.indexOf('@') >= 0;
        int length = text.length();
        int i = 0;
        while (i < length && out.tokens() < config.maxTokens()) {
            char c = text.charAt(i);
            char folded = CharFold.fold(c);
            if (folded > CharFold.DROPPED) {
                int url = TokenShapes.urlEnd(text, i);
                int email = mayHoldAddress && url == i ? TokenShapes.emailEnd(text, i) : i;
                if (url > i) {
                    i = special(URL, i, url, out);
                } else if (email > i) {
                    i = special(EMAIL, i, email, out);
                } else {
                    i = Character.isDigit(c) ? number(text, i, out) : word(text, i, out);
                }
            } else if (c <= ' ' || folded == CharFold.DROPPED) {
                i++;
            } else {
                i = sign(text, i, out);
            }
        }
    }

    private int word(String text, int start, TicketFeatures out) {
        int end = readWord(text, start);
        if (wordDigits >= CODE_DIGITS) {
            return special(CODE, start, end, out);
        }
        int token = out.addToken(start, end, true);
        int state = Fingerprint.WORD_SEED;
        for (int k = 1; k <= wordLength; k++) {
            state = Fingerprint.step(state, word[k]);
        }
        int fingerprint = Fingerprint.finish(state);
        int alias = aliases.get(fingerprint);
        if (normalized != null) {
            appendNormalized(alias == IntIntMap.ABSENT ? new String(word, 1, wordLength) : canonicalWords.get(alias));
        }
        features.addWord(alias == IntIntMap.ABSENT ? fingerprint : canonicalFingerprints[alias], token, out);
        features.addCharNgrams(word, wordLength + 2, token, out);
        return end;
    }

    private int readWord(String text, int start) {
        int length = text.length();
        int n = 0;
        int digits = 0;
        int i = start;
        for (; i < length; i++) {
            char c = text.charAt(i);
            char folded = CharFold.fold(c);
            if (folded <= CharFold.DROPPED) {
                if (folded == CharFold.DROPPED) {
                    continue;
                }
                break;
            }
            if (folded <= '9' && folded >= '0') {
                digits++;
            } else {
                letters++;
                if (Character.isUpperCase(c)) {
                    capitals++;
                }
                if (n >= 2 && word[n] == folded && word[n - 1] == folded) {
                    continue;
                }
            }
            if (n < MAX_WORD_LENGTH) {
                word[++n] = folded;
            }
        }
        word[n + 1] = Fingerprint.BOUNDARY;
        wordLength = n;
        wordDigits = digits;
        return i;
    }

    /** A number with its separators ({@code 12,499.00}, {@code 10:30}); a short one is a word, as in {@code error 404}. */
    private int number(String text, int start, TicketFeatures out) {
        if (start < numberWordEnd) {
            return word(text, start, out);
        }
        int end = TokenShapes.numberEnd(text, start);
        boolean runsOn = end < text.length() && CharFold.fold(text.charAt(end)) > CharFold.DROPPED;
        boolean isWord = runsOn || end - start <= SHORT_NUMBER;
        numberWordEnd = runsOn ? end : 0;
        return isWord ? word(text, start, out) : special(NUMBER, start, end, out);
    }

    private int sign(String text, int start, TicketFeatures out) {
        char c = text.charAt(start);
        if (PHRASE_BREAKS.indexOf(c) >= 0) {
            features.breakPhrase();
        }
        int end = start + 1;
        switch (c) {
            case '!', '?' -> {
                end = runEnd(text, start, "!?");
                mark(String.valueOf(c).repeat(Math.min(2, end - start)), start, end, out);
            }
            case '.' -> {
                end = runEnd(text, start, ".");
                if (end - start > 1) {
                    mark("...", start, end, out);
                }
            }
            case '@' -> {
                while (end < text.length() && TokenShapes.isNamePart(text.charAt(end))) {
                    end++;
                }
                if (end - start > 1) {
                    special(USER, start, end, out);
                }
            }
            case '<' -> {
                for (String redacted : REDACTED) {
                    if (text.startsWith(redacted, start)) {
                        end = special(redacted, start, start + redacted.length(), out);
                    }
                }
            }
            case '$', '\u20b9', '\u00a3', '\u20ac' -> mark(MONEY, start, end, out);
            case ':', '=' -> {
                int face = TokenShapes.emoticonEnd(text, start);
                if (face > start) {
                    end = face;
                    mark(HAPPY_MOUTHS.indexOf(text.charAt(end - 1)) >= 0 ? ":)" : ":(", start, end, out);
                }
            }
            default -> {
                int codePoint = text.codePointAt(start);
                end = start + Character.charCount(codePoint);
                if (TokenShapes.isEmoji(codePoint)) {
                    mark(text.substring(start, end), start, end, out);
                }
            }
        }
        return end;
    }

    private static int runEnd(String text, int start, String signs) {
        int end = start;
        while (end < text.length() && signs.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    /** Adds a token that stands for a class of words, and returns where it ends; phrases run through it. */
    private int special(String name, int start, int end, TicketFeatures out) {
        int token = out.addToken(start, end, true);
        appendNormalized(name);
        features.addWord(Fingerprint.word(name), token, out);
        return end;
    }

    /** A token that is no word: it neither counts as one nor takes part in phrases. */
    private void mark(String name, int start, int end, TicketFeatures out) {
        int token = out.addToken(start, end, false);
        appendNormalized(name);
        out.add(Fingerprint.word(name), Kind.PHRASE, token);
    }

    private void appendNormalized(String token) {
        if (normalized != null) {
            if (!normalized.isEmpty()) {
                normalized.append(' ');
            }
            normalized.append(token);
        }
    }
}
