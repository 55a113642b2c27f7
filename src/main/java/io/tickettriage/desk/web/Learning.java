package io.tickettriage.desk.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the command that makes a better model of what people decided, one at a time, and tells how far it is. The command
 * exits with 0 once a model is published; a line that begins with {@code refused} says that the gate refused it.
 */
final class Learning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);
    private static final int MAX_LINES = 200;
    private static final int MAX_LINE = 300;
    private static final String PUBLISHED = "published ";
    private static final String REFUSED = "refused";

    /** How far it is. */
    enum State {
        IDLE,
        RUNNING,
        DONE,
        REFUSED,
        FAILED;

        @JsonValue
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A run of the command, or none yet.
     *
     * @param lines what it printed last
     * @param model the version it has published
     */
    record Progress(
            State state,
            List<String> lines,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            double seconds,
            Optional<String> model) {}

    private final List<String> command;
    private final Deque<String> lines = new ArrayDeque<>();
    private State state = State.IDLE;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> endedAt = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<Process> process = Optional.empty();

    /** Of a command and its arguments, separated by blanks; an empty one can never be run. */
    Learning(String command) {
        this.command = Arrays.stream(command.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean isPossible() {
        return !command.isEmpty();
    }

    /** Starts the command; false if it runs already. */
    synchronized boolean start() throws IOException {
        if (state == State.RUNNING) {
            return false;
        }
        lines.clear();
        model = Optional.empty();
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = Optional.of(started);
        startedAt = Optional.of(Instant.now());
        endedAt = Optional.empty();
        state = State.RUNNING;
        Thread reader = new Thread(() -> follow(started), "learning");
        reader.setDaemon(true);
        reader.start();
        return true;
    }

    private void follow(Process started) {
        int exitCode = -1;
        try (BufferedReader output = new BufferedReader(new InputStreamReader(started.getInputStream(), UTF_8))) {
            output.lines().forEach(this::printed);
            exitCode = started.waitFor();
        } catch (IOException | java.io.UncheckedIOException e) {
            printed("its output could not be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended(exitCode);
    }

    private synchronized void printed(String line) {
        lines.add(line.substring(0, Math.min(line.length(), MAX_LINE)));
        if (lines.size() > MAX_LINES) {
            lines.remove();
        }
        if (line.startsWith(PUBLISHED)) {
            model = Optional.of(line.substring(PUBLISHED.length()).split(" ", 2)[0]);
        }
    }

    private synchronized void ended(int exitCode) {
        boolean refused = lines.stream().anyMatch(line -> line.startsWith(REFUSED));
        state = exitCode == 0 ? State.DONE : refused ? State.REFUSED : State.FAILED;
        endedAt = Optional.of(Instant.now());
        LOG.info("the learn command has ended with {}", exitCode);
    }

    synchronized Progress progress() {
        double seconds = startedAt
                .map(start -> Duration.between(start, endedAt.orElseGet(Instant::now)).toMillis() / 1000.0)
                .orElse(0.0);
        // While it runs, a figure that changes all the time would make every answer a new one.
        double shown = state == State.RUNNING ? Math.floor(seconds) : seconds;
        return new Progress(state, List.copyOf(lines), startedAt, endedAt, shown, model);
    }

    @Override
    public synchronized void close() {
        process.ifPresent(Process::destroy);
    }
}
