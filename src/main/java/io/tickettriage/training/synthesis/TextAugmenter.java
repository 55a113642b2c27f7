package io.tickettriage.training.synthesis;

import static io.tickettriage.training.synthesis.Synthesizer.pick;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data augmentation: writes a text as somebody else would type it, with other spellings, typing errors, capitals,
 * punctuation, a greeting, a signature, a sentence of background. What the text asks for, and so its labels, stay the same.
 */
public record TextAugmenter(SynthesisPlan.Style style) {
    private static final int SHORT_WORD = 4;
    /** Letters of one char each: a typing error must not tear a surrogate pair. */
    private static final Pattern WORD = Pattern.compile("[\\p{javaLetter}&&[\\x00-\\uFFFF]]+");
    /** Each row of the keyboard; a finger that slips hits the key beside. */
    private static final List<String> KEYBOARD = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm");

    private static final List<String> ELONGATED =
            List.of("please", "so", "no", "very", "why", "hello", "pls", "plz", "really", "too");

    /** The text in another style; the same for the same state of {@code random}. */
    public String vary(String text, SplittableRandom random) {
        if (text.isBlank()) {
            return text;
        }
        SynthesisPlan.Style.Rates rates = style.rates();
        String varied = respell(text, random);
        if (random.nextDouble() < rates.noisy()) {
            varied = mistype(varied, random);
        }
        if (random.nextDouble() < rates.background()) {
            varied = addBackground(varied, random);
        }
        if (random.nextDouble() < rates.punctuation()) {
            String punctuated = punctuate(varied, random);
            varied = punctuated.isBlank() ? varied : punctuated;
        }
        if (random.nextDouble() < rates.greeting()) {
            varied = pick(style.greetings(), random) + (random.nextBoolean() ? " " : "\n") + varied;
        }
        if (random.nextDouble() < rates.closing()) {
            varied = varied + (random.nextBoolean() ? " " : "\n") + pick(style.closings(), random);
        }
        if (random.nextDouble() < rates.subject()) {
            varied = pick(style.subjects(), random) + "\n" + varied;
        }
        if (random.nextDouble() < rates.casing()) {
            varied = recase(varied, random);
        }
        if (random.nextDouble() < rates.emoji()) {
            varied = varied + " " + pick(style.emoji(), random);
        }
        return varied;
    }

    private String respell(String text, SplittableRandom random) {
        return eachWord(text, word -> {
            List<String> spellings = style.spellings().get(word.toLowerCase(Locale.ROOT));
            if (spellings != null && random.nextDouble() < style.rates().spelling()) {
                return pick(spellings, random);
            }
            if (random.nextDouble() < style.rates().elongation() && ELONGATED.contains(word.toLowerCase(Locale.ROOT))) {
                return word + word.substring(word.length() - 1).repeat(random.nextInt(1, 4));
            }
            return word;
        });
    }

    private String mistype(String text, SplittableRandom random) {
        double rate = style.rates().typo();
        return eachWord(
                text, word -> word.length() >= SHORT_WORD && random.nextDouble() < rate ? typo(word, random) : word);
    }

    private static String typo(String word, SplittableRandom random) {
        int at = random.nextInt(1, word.length() - 1);
        String before = word.substring(0, at);
        char c = word.charAt(at);
        String after = word.substring(at + 1);
        return switch (random.nextInt(4)) {
            case 0 -> before + after.charAt(0) + c + after.substring(1);
            case 1 -> before + after;
            case 2 -> before + c + c + after;
            default -> before + neighbour(c, random) + after;
        };
    }

    private static char neighbour(char c, SplittableRandom random) {
        char key = Character.toLowerCase(c);
        for (String row : KEYBOARD) {
            int at = row.indexOf(key);
            if (at >= 0) {
                int beside = at == 0 ? 1 : at == row.length() - 1 ? at - 1 : at + (random.nextBoolean() ? 1 : -1);
                return row.charAt(beside);
            }
        }
        return c;
    }

    private String addBackground(String text, SplittableRandom random) {
        StringBuilder story = new StringBuilder();
        int sentences = random.nextInt(1, 4);
        int before = random.nextInt(sentences + 1);
        for (int i = 0; i < before; i++) {
            story.append(pick(style.background(), random)).append(' ');
        }
        story.append(text);
        for (int i = before; i < sentences; i++) {
            char last = story.charAt(story.length() - 1);
            story.append(Character.isLetterOrDigit(last) ? ". " : " ").append(pick(style.background(), random));
        }
        return story.toString();
    }

    private static String punctuate(String text, SplittableRandom random) {
        String bare = text.replaceAll("[.!?]+$", "");
        return switch (random.nextInt(6)) {
            case 0 -> text.replaceAll("[.,;!?]", "");
            case 1 -> text.replace("'", "").replace("\u2019", "");
            case 2 -> bare;
            case 3 -> bare + "...";
            case 4 -> bare + (text.endsWith("?") ? "??" : "!!");
            default -> text.replaceAll("[.,;] ", " .. ");
        };
    }

    private static String recase(String text, SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> Character.toUpperCase(text.charAt(0)) + text.substring(1);
            default -> text.toLowerCase(Locale.ROOT);
        };
    }

    /** Changes each run of letters; what stands between stays. */
    private static String eachWord(String text, UnaryOperator<String> change) {
        return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(change.apply(word.group())));
    }
}
