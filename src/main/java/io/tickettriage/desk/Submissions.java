package io.tickettriage.desk;

import io.tickettriage.desk.Submission.Status;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people said about tickets, bounded: the tickets that were spoken of longest ago are forgotten first. Not for use by
 * several threads.
 */
final class Submissions {
    private static final int MAX_TICKETS = 50_000;
    private static final int MAX_OF_A_TICKET = 20;

    /** The ticket that was spoken of last is the last one. */
    private final LinkedHashMap<String, Deque<Submission>> byTicket = new LinkedHashMap<>();

    private final Map<String, Submission> byKey = new HashMap<>();

    void add(Submission submission) {
        Deque<Submission> said = byTicket.remove(submission.ticketId());
        Deque<Submission> all = said == null ? new ArrayDeque<>(2) : said;
        all.add(submission);
        if (all.size() > MAX_OF_A_TICKET) {
            byKey.remove(all.removeFirst().idempotencyKey());
        }
        byTicket.put(submission.ticketId(), all);
        if (!submission.idempotencyKey().isEmpty()) {
            byKey.putIfAbsent(submission.idempotencyKey(), submission);
        }
        if (byTicket.size() > MAX_TICKETS) {
            Iterator<Deque<Submission>> eldest = byTicket.values().iterator();
            eldest.next().forEach(forgotten -> byKey.remove(forgotten.idempotencyKey()));
            eldest.remove();
        }
    }

    /** What was said about a ticket, in the order it was read. */
    List<Submission> of(String ticketId) {
        return List.copyOf(byTicket.getOrDefault(ticketId, new ArrayDeque<>(0)));
    }

    /** The submission that was sent with a key. */
    Optional<Submission> withKey(String idempotencyKey) {
        return Optional.ofNullable(byKey.get(idempotencyKey));
    }

    /** The latest valid submission about a ticket, unless it takes all labels back: what people decided. */
    Optional<Submission> decisionOn(String ticketId) {
        return of(ticketId).stream()
                .filter(said -> said.status() == Status.VALID)
                .reduce((earlier, later) -> later.at().isBefore(earlier.at()) ? earlier : later)
                .filter(said -> said.labels().isPresent());
    }

    Stream<Submission> stream() {
        return byTicket.values().stream().flatMap(Collection::stream);
    }

    /** The tickets that somebody spoke of and has not taken back. */
    long decided() {
        return byTicket.keySet().stream().filter(id -> decisionOn(id).isPresent()).count();
    }
}
