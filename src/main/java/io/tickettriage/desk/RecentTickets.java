package io.tickettriage.desk;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;

/** The tickets that were routed last, bounded in number and bytes. Not for use by several threads. */
final class RecentTickets {
    private final int maxTickets;
    private final long maxBytes;
    private final LinkedHashMap<String, RoutedTicket> byId = new LinkedHashMap<>();
    private long bytes;

    RecentTickets(int maxTickets, long maxBytes) {
        this.maxTickets = maxTickets;
        this.maxBytes = maxBytes;
    }

    /** Adds a ticket as the latest, unless a later version of it is here. */
    void add(RoutedTicket ticket) {
        RoutedTicket earlier = byId.get(ticket.id());
        if (earlier != null && earlier.at().isAfter(ticket.at())) {
            return;
        }
        if (earlier != null) {
            bytes -= earlier.json().length;
            byId.remove(ticket.id());
        }
        byId.put(ticket.id(), ticket);
        bytes += ticket.json().length;
        Iterator<RoutedTicket> oldest = byId.values().iterator();
        while ((byId.size() > maxTickets || bytes > maxBytes) && byId.size() > 1) {
            bytes -= oldest.next().json().length;
            oldest.remove();
        }
    }

    Optional<RoutedTicket> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, in the order they came. */
    Stream<RoutedTicket> stream() {
        return byId.values().stream();
    }

    int size() {
        return byId.size();
    }
}
