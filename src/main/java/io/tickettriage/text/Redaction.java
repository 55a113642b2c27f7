package io.tickettriage.text;

/**
 * Takes personal data out of a text: e-mail addresses become {@code <email>}, telephone, account and card numbers {@code
 * <num>}: the very tokens {@link Tokenizer} reads such things as, so a model learns the same from the redacted text.
 */
public final class Redaction {
    /** From this many digits on a number can name a person: telephone, account, card. */
    private static final int PERSONAL_DIGITS = 7;

    private Redaction() {}

    public static String redact(String text) {
        StringBuilder redacted = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            boolean startsToken = i == 0 || CharFold.fold(text.charAt(i - 1)) <= CharFold.DROPPED;
            int email = startsToken ? TokenShapes.emailEnd(text, i) : i;
            int number = startsToken && TokenShapes.isDigit(text.charAt(i)) ? numberEnd(text, i) : i;
            if (email > i) {
                redacted.append(Tokenizer.EMAIL);
                i = email;
            } else if (number > i) {
                int digits = text.substring(i, number).replaceAll("[^0-9]", "").length();
                boolean personal = digits >= PERSONAL_DIGITS;
                redacted.append(personal ? Tokenizer.NUMBER : text.substring(i, number));
                i = number;
            } else {
                redacted.append(text.charAt(i++));
            }
        }
        return redacted.toString();
    }

    /** The end of a number that may be written in groups: {@code 98765 43210}, {@code 4111-1111-1111-1111}. */
    private static int numberEnd(String text, int start) {
        int end = TokenShapes.numberEnd(text, start);
        while (end + 1 < text.length() && text.charAt(end) == ' ' && TokenShapes.isDigit(text.charAt(end + 1))) {
            end = TokenShapes.numberEnd(text, end + 1);
        }
        return end;
    }
}
