package io.tickettriage.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells what somebody wrote in a message from what a mail program put there: quoted mail, and a signature with whatever
 * follows it. By lines, in one pass; where in doubt, it is text.
 */
public final class MessageParts {
    /** Lines longer than this are looked at in their beginning only. */
    private static final int MAX_LINE = 200;

    private static final Pattern QUOTE_BEGINS = Pattern.compile(
            "-{2,} ?(original message|forwarded message|ursprüngliche nachricht|message d'origine) ?-{2,}.*"
                    + "|on .{6,150} wrote:|am .{6,150} schrieb.{0,80}:|le .{6,150} a écrit ?:"
                    + "|from: .{1,150}@.*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern SIGNATURE_BEGINS =
            Pattern.compile("-- ?|_{5,}|sent from my .{2,40}|get outlook for .{2,20}", Pattern.CASE_INSENSITIVE);

    private MessageParts() {}

    /** What a part is. */
    public enum Kind {
        TEXT,
        QUOTE,
        SIGNATURE
    }

    /** A part of a text: the characters from one place up to, and without, another. */
    public record Part(Kind kind, int from, int to) {}

    /** The parts of a text, in order; they cover it. */
    public static List<Part> of(String text) {
        List<Part> parts = new ArrayList<>();
        Kind rest = Kind.TEXT;
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(start, Math.min(end, start + MAX_LINE)).strip();
            if (rest != Kind.QUOTE && QUOTE_BEGINS.matcher(line).matches()) {
                rest = Kind.QUOTE;
            } else if (rest == Kind.TEXT && SIGNATURE_BEGINS.matcher(line).matches()) {
                rest = Kind.SIGNATURE;
            }
            add(parts, line.startsWith(">") ? Kind.QUOTE : rest, start, end);
            start = end;
        }
        // A message that seems to be nothing but quotes or signature has been misread.
        boolean saysNothing = parts.stream()
                .noneMatch(part -> part.kind() == Kind.TEXT
                        && !text.substring(part.from(), part.to()).isBlank());
        return saysNothing && !text.isEmpty() ? List.of(new Part(Kind.TEXT, 0, text.length())) : parts;
    }

    private static void add(List<Part> parts, Kind kind, int from, int to) {
        Part last = parts.isEmpty() ? new Part(kind, from, from) : parts.get(parts.size() - 1);
        if (last.kind() == kind && !parts.isEmpty()) {
            parts.set(parts.size() - 1, new Part(kind, last.from(), to));
        } else {
            parts.add(new Part(kind, from, to));
        }
    }
}
