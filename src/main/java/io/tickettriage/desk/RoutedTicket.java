package io.tickettriage.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.kafka.HeaderNames;
import io.tickettriage.message.ScoredRecord;
import io.tickettriage.ticket.Ticket;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A scored ticket as the desk keeps it: its bytes, and what can be told without reading them.
 *
 * @param at when it was routed: the record's time
 * @param queue where it went
 * @param modelVersion the model that scored it
 * @param json the scored ticket
 */
record RoutedTicket(String id, Instant at, String queue, String modelVersion, byte[] json) {
    private static final int TITLE_CHARACTERS = 160;

    /** The ticket of a record of a queue, or of {@code tickets.scored}. */
    static RoutedTicket of(ConsumerRecord<byte[], byte[]> scored) {
        return new RoutedTicket(
                new String(scored.key(), UTF_8),
                Instant.ofEpochMilli(scored.timestamp()),
                HeaderNames.text(scored.headers(), HeaderNames.QUEUE),
                HeaderNames.text(scored.headers(), HeaderNames.MODEL_VERSION),
                scored.value());
    }

    /** What it holds; {@link ScoredRecord#UNREADABLE} where it is no scored ticket. */
    ScoredRecord read() {
        try {
            return ScoredRecord.read(json);
        } catch (IOException e) {
            return ScoredRecord.UNREADABLE;
        }
    }

    /** The text of a ticket; empty where it has none. */
    static String text(ScoredRecord scored) {
        return scored.decodedTicket().map(Ticket::text).orElse("");
    }

    /** The beginning of a text, in one line. */
    static String title(String text) {
        String line = text.substring(0, Math.min(text.length(), 4 * TITLE_CHARACTERS))
                .replaceAll("\\s+", " ")
                .strip();
        if (line.length() <= TITLE_CHARACTERS) {
            return line;
        }
        int cut = Character.isHighSurrogate(line.charAt(TITLE_CHARACTERS - 1))
                ? TITLE_CHARACTERS - 1
                : TITLE_CHARACTERS;
        return line.substring(0, cut) + "…";
    }
}
