package io.tickettriage.corrections;

import io.tickettriage.message.ScoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the corrections role keeps of a scored ticket: its text and what was predicted, nothing else.
 *
 * @param predicted head → label
 */
record KnownTicket(String text, Map<String, String> metadata, Map<String, String> predicted, String modelVersion)
        implements CorrectionEvent {

    KnownTicket {
        metadata = new TreeMap<>(metadata);
        predicted = new TreeMap<>(predicted);
    }

    /** What is kept of a record of {@code tickets.scored}; empty if its ticket has no text. */
    static Optional<KnownTicket> of(ScoredRecord scored) {
        String version = scored.model().version();
        return scored.decodedTicket()
                .map(ticket -> new KnownTicket(ticket.text(), ticket.metadata(), scored.labels(), version));
    }
}
