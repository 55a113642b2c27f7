package io.tickettriage.scoring;

import io.tickettriage.format.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A ticket to rehearse a model with, and its name in errors. */
public record Probe(String name, String text, Map<String, String> metadata) {
    /** The largest ticket of a rehearsal: the default of {@code triage.max.ticket.bytes}. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final String SENTENCE = "I was charged twice for order 12345, please refund me! ";
    private static final int LETTERS = 26;

    /**
     * Texts that have broken programs before. The short ones come first: a model that is slow on them is not given the long
     * ones.
     */
    static List<Probe> builtIn() {
        return List.of(
                of("one letter", "x"),
                of("one sentence", SENTENCE),
                of("no word", "… !!! ??? ,;. \u2014"),
                of("emoji", "\uD83D\uDE21\uD83D\uDE4F\uD83C\uDFFD \u2764\uFE0F where is my parcel \uD83D\uDCE6"),
                of(
                        "Devanagari",
                        "\u092E\u0947\u0930\u093E \u092A\u093E\u0930\u094D\u0938\u0932 \u0905\u092D\u0940"
                                + " \u0924\u0915 \u0928\u0939\u0940\u0902 \u0906\u092F\u093E"),
                of("control characters", "\u0000\u0007\u001B[31mrefund\u001B[0m\r\n\t\u200B\u202E\u2028please"),
                of("capitals", SENTENCE.toUpperCase(Locale.ROOT)),
                of("HTML", "<html><body onload=\"x()\"><p>Refund&nbsp;please &lt;3</p><!-- --></body></html>"),
                of(
                        "addresses",
                        "see https://example.com/a?b=c#d, mail me@example.com, @support, INV-2024-0001, $12,499.00"),
                of("digits", "1234567890".repeat(500)),
                of("many lines", (SENTENCE + "\r\n\r\n").repeat(300)),
                of("one giant word", "refund".repeat(50_000)),
                of("as long as a ticket may be", distinctWords(MAX_BYTES - 100)));
    }

    private static Probe of(String name, String text) {
        return new Probe(name, text, Map.of());
    }

    /** Words of six letters, none of them twice, separated by spaces. */
    private static String distinctWords(int length) {
        return IntStream.range(0, length / 7).mapToObj(Probe::word).collect(Collectors.joining(" "));
    }

    private static String word(int number) {
        char[] letters = new char[6];
        int rest = number;
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) ('a' + rest % LETTERS);
            rest /= LETTERS;
        }
        return new String(letters);
    }

    /** The ticket as a producer would send it. */
    byte[] ticket() {
        return Json.bytes(Map.of("id", name, "text", text, "metadata", metadata));
    }
}
