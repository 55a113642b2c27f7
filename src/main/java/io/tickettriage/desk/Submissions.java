package io.tickettriage.desk;

import io.tickettriage.desk.Submission.Status;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people said about tickets, bounded: what was said of the tickets that were spoken of longest ago is forgotten first,
 * though not when they were decided; and what was rejected never drives out what counts. Not for use by several threads.
 */
final class Submissions {
    private static final int MAX_DECIDED_EARLIER = 250_000;

    private final Kept valid;
    private final Kept rejected = new Kept(1_000, 5, 1024 * 1024);
    /** When tickets were decided of which nothing else is kept: else they would be open again after a restart. */
    private final LinkedHashMap<String, Instant> decidedEarlier = new LinkedHashMap<>();

    Submissions() {
        this(50_000);
    }

    /** Keeps what was said about so many tickets. */
    Submissions(int maxTickets) {
        this.valid = new Kept(maxTickets, 20, 24 * 1024 * 1024);
    }

    /** Adds what was said; of what was sent twice, the first counts. */
    void add(Submission submission) {
        boolean isRepeated = sentBefore(submission.ticketId(), submission.by(), submission.idempotencyKey())
                .isPresent();
        if (isRepeated) {
            return;
        }
        if (submission.status() == Status.VALID) {
            decidedEarlier.remove(submission.ticketId());
            valid.add(submission).forEach(this::keepTime);
        } else {
            var unused = rejected.add(submission);
        }
    }

    private void keepTime(Collection<Submission> forgotten) {
        decision(forgotten).ifPresent(decision -> decidedEarlier.put(decision.ticketId(), decision.at()));
        if (decidedEarlier.size() > MAX_DECIDED_EARLIER) {
            decidedEarlier.remove(decidedEarlier.keySet().iterator().next());
        }
    }

    /** When a ticket was decided, unless that was taken back. */
    Optional<Instant> decidedAt(String ticketId) {
        return decisionOn(ticketId).map(Submission::at).or(() -> Optional.ofNullable(decidedEarlier.get(ticketId)));
    }

    /** What was said about a ticket, in the order it arrived. */
    List<Submission> of(String ticketId) {
        return Stream.of(valid, rejected)
                .flatMap(kept -> kept.of(ticketId).stream())
                .sorted(Comparator.comparing(Submission::at))
                .toList();
    }

    /** The decision of a person on a ticket that was sent with a key. */
    Optional<Submission> sentBefore(String ticketId, String by, String idempotencyKey) {
        return valid.of(ticketId).stream()
                .filter(said -> !idempotencyKey.isEmpty()
                        && said.idempotencyKey().equals(idempotencyKey)
                        && said.by().equals(by))
                .findFirst();
    }

    /** The latest valid submission about a ticket, unless it takes all labels back: what people decided. */
    Optional<Submission> decisionOn(String ticketId) {
        return decision(valid.of(ticketId));
    }

    private static Optional<Submission> decision(Collection<Submission> said) {
        return said.stream()
                .reduce((earlier, later) -> later.at().isBefore(earlier.at()) ? earlier : later)
                .filter(latest -> latest.labels().isPresent());
    }

    /** All that count. */
    Stream<Submission> stream() {
        return valid.byTicket.values().stream().flatMap(Collection::stream);
    }

    /** The tickets that somebody spoke of and has not taken back. */
    long decided() {
        return valid.byTicket.values().stream()
                        .filter(said -> decision(said).isPresent())
                        .count()
                + decidedEarlier.size();
    }

    /** The latest of a ticket, of the tickets that were spoken of last. */
    private static final class Kept {
        private final int maxTickets;
        private final int maxOfATicket;
        private final long maxBytes;
        /** The ticket that was spoken of last is the last one. */
        private final LinkedHashMap<String, Deque<Submission>> byTicket = new LinkedHashMap<>();

        private long bytes;

        Kept(int maxTickets, int maxOfATicket, long maxBytes) {
            this.maxTickets = maxTickets;
            this.maxOfATicket = maxOfATicket;
            this.maxBytes = maxBytes;
        }

        Collection<Submission> of(String ticketId) {
            Deque<Submission> said = byTicket.get(ticketId);
            return said == null ? List.of() : said;
        }

        /** Adds one, and returns what was said of the tickets that had to go for it. */
        List<Collection<Submission>> add(Submission submission) {
            Deque<Submission> earlier = byTicket.remove(submission.ticketId());
            Deque<Submission> said = earlier == null ? new ArrayDeque<>(2) : earlier;
            said.add(submission);
            bytes += submission.bytes();
            if (said.size() > maxOfATicket) {
                bytes -= said.removeFirst().bytes();
            }
            byTicket.put(submission.ticketId(), said);
            List<Collection<Submission>> gone = new ArrayList<>(0);
            while (byTicket.size() > maxTickets || bytes > maxBytes && byTicket.size() > 1) {
                Map.Entry<String, Deque<Submission>> eldest =
                        byTicket.entrySet().iterator().next();
                byTicket.remove(eldest.getKey());
                bytes -= eldest.getValue().stream().mapToLong(Submission::bytes).sum();
                gone.add(eldest.getValue());
            }
            return gone;
        }
    }
}
