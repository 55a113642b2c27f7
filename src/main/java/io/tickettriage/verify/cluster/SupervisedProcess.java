package io.tickettriage.verify.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is started again where it ends unasked, as an orchestrator would do; and what can happen to one. Its output
 * is appended to a file. Safe for use by several threads.
 */
public final class SupervisedProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);
    private static final int RESTART_PAUSE_SECONDS = 1;
    private static final int STOP_SECONDS = 20;

    private final String name;
    private final Path log;
    private List<String> command;
    private Optional<Process> current = Optional.empty();
    private boolean wanted;
    private int unexpectedExits;

    SupervisedProcess(String name, List<String> command, Path log) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = log;
    }

    public String name() {
        return name;
    }

    /** The file that has what it says. */
    Path log() {
        return log;
    }

    /** Has it started by another command from the next start on. */
    synchronized void replaceCommand(List<String> next) {
        command = List.copyOf(next);
    }

    /** Starts it, unless it runs. */
    public synchronized void start() {
        start(List.of());
    }

    /** Starts it where no file can grow beyond {@code kib}: to the process, the disk is full. */
    public synchronized void startOnFullDisk(int kib) {
        // What it says goes through another process, or the log would end, too.
        String script = "exec > >(cat) 2>&1; ulimit -f " + kib + "; exec \"$@\"";
        start(List.of("bash", "-c", script, "limited"));
    }

    private void start(List<String> prefix) {
        wanted = true;
        if (isAlive()) {
            return;
        }
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            current = Optional.of(process);
            CompletableFuture<Void> unused = process.onExit()
                    .thenRunAsync(
                            () -> restart(process, prefix),
                            CompletableFuture.delayedExecutor(RESTART_PAUSE_SECONDS, TimeUnit.SECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    private synchronized void restart(Process ended, List<String> prefix) {
        if (wanted && current.filter(ended::equals).isPresent()) {
            unexpectedExits++;
            LOG.warn("{} has ended with {}, it is started again; {} says why", name, ended.exitValue(), log);
            start(prefix);
        }
    }

    /** Ends it at once, as a power cut would. */
    public void kill() {
        unwanted().ifPresent(process -> awaitExit(process.destroyForcibly(), STOP_SECONDS));
    }

    /** Asks it to end, and waits. */
    public void stop() {
        unwanted().ifPresent(process -> {
            process.destroy();
            if (!awaitExit(process, STOP_SECONDS)) {
                LOG.warn("{} did not end within {} s of SIGTERM, it is killed", name, STOP_SECONDS);
                awaitExit(process.destroyForcibly(), STOP_SECONDS);
            }
        });
    }

    private synchronized Optional<Process> unwanted() {
        wanted = false;
        return current;
    }

    private static boolean awaitExit(Process process, int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Stops it where it stands: it keeps its memory, files and connections, and does not know. */
    public void pause() throws IOException {
        signal("-STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() throws IOException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException {
        Optional<Process> process = running();
        if (process.isPresent()) {
            String pid = Long.toString(process.get().pid());
            awaitExit(new ProcessBuilder("kill", signal, pid).start(), STOP_SECONDS);
        }
    }

    private synchronized Optional<Process> running() {
        return current.filter(Process::isAlive);
    }

    public boolean isAlive() {
        return running().isPresent();
    }

    /** Its process id; empty while it is down. */
    public Optional<Long> pid() {
        return running().map(Process::pid);
    }

    /** How often it has ended without having been asked to. */
    public synchronized int unexpectedExits() {
        return unexpectedExits;
    }

    @Override
    public void close() {
        unwanted().ifPresent(Process::destroyForcibly);
    }
}
