package io.tickettriage.ticket;

import java.util.Map;

/**
 * A ticket that can be scored.
 *
 * @param id its identity: the producer's, else the record's key, else {@code <topic>-<partition>-<offset>}
 * @param text what the network reads, made by {@link #joinText}
 * @param metadata scalar facts about the ticket (product, plan, region, channel, …), by name
 * @param passThroughFields the fields that are sent on: what stood between the braces of its JSON object, byte for byte,
 *     without the id
 */
public record Ticket(String id, String text, Map<String, String> metadata, byte[] passThroughFields)
        implements DecodedTicket {

    /**
     * One text of a ticket's parts: the ones that are not blank, in this order, joined by a newline. The only place
     * where that happens, for scoring, examples and training alike.
     */
    public static String joinText(String subject, String body, String text) {
        String joined = "";
        for (String part : new String[] {subject, body, text}) {
            if (!isBlank(part)) {
                joined = joined.isEmpty() ? part : joined + '\n' + part;
            }
        }
        return joined;
    }

    /** Whether a text shows nothing: only white space, control and invisible format characters. */
    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f) {
                return false;
            }
            if (!Character.isWhitespace(c)
                    && !Character.isSpaceChar(c)
                    && !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT) {
                return false;
            }
        }
        return true;
    }
}
