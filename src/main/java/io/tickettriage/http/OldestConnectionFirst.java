package io.tickettriage.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.io.Connection;

/**
 * Keeps the number of connections within a limit: for a new one the oldest is closed. So a client that holds many can never
 * shut out the next probe, as it could where new ones are refused.
 */
final class OldestConnectionFirst implements Connection.Listener {
    private final int limit;
    private final Set<Connection> open = new LinkedHashSet<>();

    OldestConnectionFirst(int limit) {
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        List<Connection> tooMany = new ArrayList<>();
        synchronized (open) {
            open.add(connection);
            Iterator<Connection> oldest = open.iterator();
            while (open.size() > limit) {
                tooMany.add(oldest.next());
                oldest.remove();
            }
        }
        tooMany.forEach(Connection::close);
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (open) {
            open.remove(connection);
        }
    }
}
