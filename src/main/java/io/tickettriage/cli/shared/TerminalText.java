package io.tickettriage.cli.shared;

/**
 * Text that other people wrote, made fit for a terminal: one line, and no character that could move the cursor, change a
 * colour or turn the direction of writing.
 */
public final class TerminalText {
    private TerminalText() {}

    /** The text in at most {@code maxCharacters}; an ellipsis says that there is more. */
    public static String of(String text, int maxCharacters) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(maxCharacters + 1L)
                .map(c -> isUnfit(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        if (line.codePointCount(0, line.length()) <= maxCharacters) {
            return line.toString();
        }
        return line.substring(0, line.offsetByCodePoints(0, maxCharacters)) + "…";
    }

    private static boolean isUnfit(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
