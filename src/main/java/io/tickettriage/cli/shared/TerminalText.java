package io.tickettriage.cli.shared;

import java.util.regex.Pattern;

/**
 * Text that other people wrote, made fit for a terminal: one line, and no character that could move the cursor, change a
 * colour or turn the direction of writing.
 */
public final class TerminalText {
    /** Control and format characters, line and paragraph separators, and halves of surrogate pairs. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private TerminalText() {}

    /** The text in at most {@code maxCharacters}; an ellipsis says that there is more. */
    public static String of(String text, int maxCharacters) {
        String line = UNFIT.matcher(text).replaceAll(" ");
        return line.codePointCount(0, line.length()) <= maxCharacters
                ? line
                : line.substring(0, line.offsetByCodePoints(0, maxCharacters)) + "…";
    }
}
