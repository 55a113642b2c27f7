package io.tickettriage.format;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that other people wrote, made fit for a log and a terminal: what could end a line, move the cursor, change a colour
 * or turn the direction of writing is shown as an escape such as <code>\n</code>.
 */
public final class VisibleText {
    /**
     * Control and format characters, line and paragraph separators, halves of surrogate pairs; not the two joiners, which
     * Persian, Hindi and emoji are written with.
     */
    private static final String INVISIBLE = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\\u200c\\u200d]";

    private static final Pattern IN_A_LINE = Pattern.compile("[" + INVISIBLE + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + INVISIBLE + "&&[^\\n]]");

    private VisibleText() {}

    /** The text as one line. */
    public static String line(String text) {
        return IN_A_LINE.matcher(text).replaceAll(VisibleText::escape);
    }

    /** The same, but the text's own lines stay lines. */
    public static String lines(String text) {
        return IN_LINES.matcher(text).replaceAll(VisibleText::escape);
    }

    /** As a replacement, where a backslash is written twice. */
    private static String escape(MatchResult invisible) {
        return switch (invisible.group()) {
            case "\n" -> "\\\\n";
            case "\r" -> "\\\\r";
            case "\t" -> "\\\\t";
            default ->
                invisible
                        .group()
                        .chars()
                        .mapToObj(c -> String.format(Locale.ROOT, "\\\\u%04x", c))
                        .collect(Collectors.joining());
        };
    }
}
