package io.tickettriage.desk.web;

import io.javalin.http.sse.SseClient;
import io.tickettriage.desk.Desk;
import io.tickettriage.desk.ReviewPage;
import io.tickettriage.desk.TicketChange;
import io.tickettriage.format.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What happens, as server-sent events. Each reader has a thread and a queue; one that does not keep up misses single changes,
 * and gets the counts all the same.
 */
final class DeskEvents implements Desk.Listener, AutoCloseable {
    static final int MAX_READERS = 64;
    private static final int MAX_WAITING = 256;
    private static final long COUNTS_EVERY_NANOS = 1_000_000_000;
    private static final int HEARTBEAT_EVERY = 5;

    private final Desk desk;
    private final Supplier<String> modelVersion;
    private final Supplier<Optional<Learning.Progress>> learning;
    private final Set<BlockingQueue<TicketChange>> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What a reader has been told last. */
    private static final class Told {
        private Counts counts = new Counts(-1, Map.of(), Map.of(), 0);
        private String model = "";
        private Optional<Learning.Progress> learning = Optional.empty();
        private long routed;
        private long at;
        private int quietTurns;
    }

    private record Counts(int open, Map<String, Integer> queue, Map<String, Integer> reason, double perSecond) {}

    private record ModelVersion(String version) {}

    DeskEvents(Desk desk, Supplier<String> modelVersion, Supplier<Optional<Learning.Progress>> learning) {
        this.desk = desk;
        this.modelVersion = modelVersion;
        this.learning = learning;
    }

    @Override
    public void changed(TicketChange change) {
        readers.forEach(reader -> {
            boolean unused = reader.offer(change);
        });
    }

    /** Whether another reader can be served. */
    boolean hasRoom() {
        return readers.size() < MAX_READERS;
    }

    /** Serves a reader until it goes. */
    void serve(SseClient client) {
        BlockingQueue<TicketChange> changes = new ArrayBlockingQueue<>(MAX_WAITING);
        readers.add(changes);
        if (readers.size() > MAX_READERS) { // Several came at once through hasRoom().
            readers.remove(changes);
            client.close();
            return;
        }
        Told told = new Told();
        told.routed = desk.routed();
        told.at = System.nanoTime();
        try {
            while (!closed && !client.terminated()) {
                TicketChange change = changes.poll(COUNTS_EVERY_NANOS, TimeUnit.NANOSECONDS);
                if (change != null) {
                    client.sendEvent("ticket", Json.text(change));
                }
                if (told.counts.open < 0 || System.nanoTime() - told.at >= COUNTS_EVERY_NANOS) {
                    tell(client, told);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            readers.remove(changes);
            client.close();
        }
    }

    private void tell(SseClient client, Told told) {
        long now = System.nanoTime();
        long routed = desk.routed();
        double perSecond = now == told.at ? 0 : (routed - told.routed) * 1e9 / (now - told.at);
        told.at = now;
        told.routed = routed;
        ReviewPage.Counts open = desk.counts();
        Counts counts = new Counts(desk.open(), open.queue(), open.reason(), Math.round(10 * perSecond) / 10.0);
        boolean quiet = counts.equals(told.counts);
        if (!quiet) {
            client.sendEvent("counts", Json.text(counts));
            told.counts = counts;
        }
        String version = modelVersion.get();
        if (!version.equals(told.model)) {
            client.sendEvent("model", Json.text(new ModelVersion(version)));
            told.model = version;
        }
        Optional<Learning.Progress> progress = learning.get();
        if (!progress.equals(told.learning)) {
            progress.ifPresent(current -> client.sendEvent("learn", Json.text(current)));
            told.learning = progress;
        }
        told.quietTurns = quiet ? told.quietTurns + 1 : 0;
        if (told.quietTurns >= HEARTBEAT_EVERY) {
            client.sendComment("");
            told.quietTurns = 0;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
