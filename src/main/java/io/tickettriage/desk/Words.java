package io.tickettriage.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a person looks for: words all of which a ticket's id or text must have, in any case.
 *
 * @param words in lower case; none match every ticket
 */
record Words(List<String> words) {
    private static final int MAX_CHARACTERS = 200;

    /** The words of a query, separated by white space; what goes beyond 200 characters does not count. */
    static Words of(String query) {
        String cut = query.substring(0, Math.min(query.length(), MAX_CHARACTERS));
        return new Words(Arrays.stream(cut.toLowerCase(Locale.ROOT).split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    boolean matches(RoutedTicket ticket) {
        if (words.isEmpty() || has(ticket.id())) {
            return true;
        }
        // Most tickets are told from their bytes, which is many times faster than reading them.
        String json = new String(ticket.json(), UTF_8);
        return (isEscaped(json) || has(json)) && has(RoutedTicket.text(ticket.read()));
    }

    /** Whether the words may stand in a JSON text otherwise than as they are. */
    private boolean isEscaped(String json) {
        return json.contains("\\u")
                || words.stream().anyMatch(word -> word.chars().anyMatch(c -> c >= 0x80 || "\"\\/".indexOf(c) >= 0));
    }

    private boolean has(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
