package io.tickettriage.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A kind of text that is evaluated apart. */
public enum Slice {
    /** Five words or fewer. */
    SHORT,
    /** Sixty words or more. */
    LONG,
    /** Hindi in Latin letters, often mixed with English: two or more of its most common words. */
    HINGLISH,
    /** Devanagari letters. */
    DEVANAGARI,
    /** Something is denied: not, never, don't, nahi. */
    NEGATION,
    /** Shorthand as in chats: u, plz, msg. */
    SHORTHAND,
    /** Mostly capitals. */
    SHOUTING,
    /** Ends with a question mark. */
    QUESTION;

    private static final int SHORT_WORDS = 5;
    private static final int LONG_WORDS = 60;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}']+");

    private static final Set<String> HINGLISH_WORDS = Set.of(
            "hai", "hain", "nahi", "nhi", "nahin", "mera", "meri", "mere", "mujhe", "kya", "kab", "kaise", "kyu",
            "kyun", "aur", "ka", "ki", "ke", "ko", "se", "abhi", "gaya", "gayi", "raha", "rahi", "karo", "karna", "kar",
            "hua", "ho", "wala", "paise", "paisa", "chahiye", "aap", "aapka", "bhai", "yaar", "tak", "kuch", "koi",
            "bahut", "wapas", "jaldi");
    private static final Set<String> NEGATORS = Set.of(
            "not", "never", "no", "don't", "dont", "didn't", "didnt", "isn't", "isnt", "can't", "cant", "won't", "wont",
            "without", "nothing", "nobody", "nahi", "nhi", "nahin", "mat");
    private static final Set<String> SHORTHAND_WORDS = Set.of(
            "u", "ur", "r", "plz", "pls", "thx", "msg", "acc", "acct", "amt", "txn", "bcz", "coz", "wat", "b4", "2day",
            "tmrw", "gud", "gr8", "hv", "abt", "ppl", "prob", "pwd", "omg", "idk", "btw", "asap");

    /** The name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a text belongs to the slice. */
    public boolean has(String text) {
        return switch (this) {
            case SHORT -> words(text).size() <= SHORT_WORDS;
            case LONG -> words(text).size() >= LONG_WORDS;
            case HINGLISH ->
                words(text).stream().filter(HINGLISH_WORDS::contains).count() >= 2;
            case DEVANAGARI ->
                text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.DEVANAGARI);
            case NEGATION -> words(text).stream().anyMatch(NEGATORS::contains);
            case SHORTHAND -> words(text).stream().anyMatch(SHORTHAND_WORDS::contains);
            case SHOUTING -> shouts(text);
            case QUESTION -> text.strip().endsWith("?");
        };
    }

    private static List<String> words(String text) {
        return Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean shouts(String text) {
        long letters = text.chars().filter(Character::isLetter).count();
        return letters >= 12 && text.chars().filter(Character::isUpperCase).count() * 10 > letters * 7;
    }
}
