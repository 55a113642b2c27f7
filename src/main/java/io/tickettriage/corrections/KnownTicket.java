package io.tickettriage.corrections;

import io.tickettriage.message.ScoredRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the corrections role keeps of a scored ticket: its text and what was predicted, head → label, nothing else. */
record KnownTicket(String text, Map<String, String> metadata, Map<String, String> predicted, String modelVersion)
        implements CorrectionJoin.Event {

    KnownTicket {
        metadata = new TreeMap<>(metadata);
        predicted = new TreeMap<>(predicted);
    }

    static Optional<KnownTicket> of(ScoredRecord scored) {
        String version = scored.model().version();
        return scored.decodedTicket()
                .map(ticket -> new KnownTicket(ticket.text(), ticket.metadata(), scored.labels(), version));
    }
}
