package io.tickettriage.desk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The review tickets that nobody has decided, oldest first, bounded in number and bytes: the oldest go first, and are
 * counted. Not for use by several threads.
 */
final class OpenTickets {
    private static final Comparator<OpenTicket> OLDEST_FIRST = Comparator.comparing(
                    (OpenTicket open) -> open.ticket().at())
            .thenComparing(open -> open.ticket().id());

    private final int maxTickets;
    private final long maxBytes;
    private final Map<String, OpenTicket> byId = new HashMap<>();
    private final TreeSet<OpenTicket> inOrder = new TreeSet<>(OLDEST_FIRST);
    // Kept, not counted when asked: every open page asks each second.
    private final SortedMap<String, Integer> bySuggestion = new TreeMap<>();
    private final SortedMap<String, Integer> byReason = new TreeMap<>();
    private final Map<String, Integer> byAlike = new HashMap<>();
    private long bytes;
    private long dropped;

    OpenTickets(int maxTickets, long maxBytes) {
        this.maxTickets = maxTickets;
        this.maxBytes = maxBytes;
    }

    /** Adds a ticket, or puts it in the place of its earlier version; returns those that had to go for it. */
    List<OpenTicket> add(OpenTicket open) {
        remove(open.ticket().id());
        byId.put(open.ticket().id(), open);
        inOrder.add(open);
        count(open, 1);
        bytes += open.ticket().json().length;
        List<OpenTicket> gone = new ArrayList<>(0);
        while (byId.size() > maxTickets || bytes > maxBytes && byId.size() > 1) {
            OpenTicket oldest = inOrder.first();
            remove(oldest.ticket().id());
            gone.add(oldest);
            dropped++;
        }
        return gone;
    }

    Optional<OpenTicket> remove(String id) {
        OpenTicket removed = byId.remove(id);
        if (removed == null) {
            return Optional.empty();
        }
        inOrder.remove(removed);
        count(removed, -1);
        bytes -= removed.ticket().json().length;
        return Optional.of(removed);
    }

    Optional<OpenTicket> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, oldest first. */
    Stream<OpenTicket> stream() {
        return inOrder.stream();
    }

    /** Those that come after a place in the order. */
    Stream<OpenTicket> streamAfter(OpenTicket place) {
        return inOrder.tailSet(place, false).stream();
    }

    Optional<OpenTicket> first(Predicate<OpenTicket> wanted) {
        return stream().filter(wanted).findFirst();
    }

    /** Removes what is older than a ticket of this time would be. */
    Collection<OpenTicket> removeIf(Predicate<OpenTicket> unwanted) {
        List<OpenTicket> found = stream().filter(unwanted).toList();
        found.forEach(open -> remove(open.ticket().id()));
        return found;
    }

    int size() {
        return byId.size();
    }

    /** How many were dropped because there were too many. */
    long dropped() {
        return dropped;
    }

    private void count(OpenTicket open, int change) {
        add(bySuggestion, open.suggested(), change);
        add(byAlike, open.alike(), change);
        open.reasons().forEach(reason -> add(byReason, reason, change));
    }

    private static void add(Map<String, Integer> counts, String name, int change) {
        int sum = counts.getOrDefault(name, 0) + change;
        if (sum == 0) {
            counts.remove(name);
        } else {
            counts.put(name, sum);
        }
    }

    /** How many others the same words decided the same way as this open one. */
    int countAlike(OpenTicket open) {
        return open.alike().isEmpty() ? 0 : byAlike.getOrDefault(open.alike(), 1) - 1;
    }

    SortedMap<String, Integer> countBySuggestion() {
        return new TreeMap<>(bySuggestion);
    }

    SortedMap<String, Integer> countByReason() {
        return new TreeMap<>(byReason);
    }
}
