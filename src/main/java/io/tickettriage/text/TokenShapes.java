package io.tickettriage.text;

/** Where the tokens that are no plain words end; each method looks at the text from one position on. */
final class TokenShapes {
    private static final int MAX_ADDRESS_LENGTH = 254;

    private TokenShapes() {}

    /** The end of a link that starts here ({@code http://…}, {@code https://…}, {@code www.…}), or {@code start}. */
    static int urlEnd(String text, int start) {
        char c = text.charAt(start);
        boolean link = (c == 'h' || c == 'H')
                ? text.regionMatches(true, start, "http://", 0, 7) || text.regionMatches(true, start, "https://", 0, 8)
                : (c == 'w' || c == 'W') && text.regionMatches(true, start, "www.", 0, 4);
        if (!link) {
            return start;
        }
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The end of an e-mail address that starts here, or {@code start}. */
    static int emailEnd(String text, int start) {
        int limit = Math.min(text.length(), start + MAX_ADDRESS_LENGTH);
        int at = start;
        while (at < limit && (isNamePart(text.charAt(at)) || text.charAt(at) == '.' || text.charAt(at) == '+')) {
            at++;
        }
        if (at == start || at >= limit || text.charAt(at) != '@') {
            return start;
        }
        int end = at + 1;
        int dot = -1;
        while (end < limit && (isNamePart(text.charAt(end)) || text.charAt(end) == '.')) {
            if (text.charAt(end) == '.' && end + 1 < limit && isNamePart(text.charAt(end + 1))) {
                dot = end;
            }
            end++;
        }
        return dot > at + 1 ? end : start;
    }

    /** The end of a number that starts here; separators count where a digit follows. */
    static int numberEnd(String text, int start) {
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean separator = (c == ',' || c == '.' || c == ':' || c == '/' || c == '-')
                    && end > start
                    && end + 1 < text.length()
                    && isDigit(text.charAt(end + 1))
                    && isDigit(text.charAt(end - 1));
            if (!isDigit(c) && !separator) {
                break;
            }
            end++;
        }
        return end;
    }

    /** The end of an emoticon that starts here with its eyes ({@code :)}, {@code :-(}), or {@code start}. */
    static int emoticonEnd(String text, int start) {
        int mouth = start + 1;
        if (mouth < text.length() && text.charAt(mouth) == '-') {
            mouth++;
        }
        boolean face = mouth < text.length()
                && ")](D[Pp/".indexOf(text.charAt(mouth)) >= 0
                && (mouth + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(mouth + 1)))
                && !(text.charAt(mouth) == '/' && mouth + 1 < text.length() && text.charAt(mouth + 1) == '/');
        return face ? mouth + 1 : start;
    }

    static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-';
    }

    /** Whether a code point is a picture; skin tones and joiners only vary one. */
    static boolean isEmoji(int codePoint) {
        boolean skinTone = codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
        int type = Character.getType(codePoint);
        return !skinTone && (type == Character.OTHER_SYMBOL || codePoint >= 0x1F900 && codePoint <= 0x1FAFF);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
