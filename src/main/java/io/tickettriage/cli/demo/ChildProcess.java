package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.CommandFailedException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another {@code triage} command in a process of its own, as a user would start it; its log goes to a file. */
final class ChildProcess implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a command.
     *
     * @param mainClass of the program
     * @param production whether it gets the production libraries alone
     * @param javaOptions such as {@code -Xmx128m}
     */
    static ChildProcess start(
            String mainClass, boolean production, List<String> javaOptions, Path log, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(javaOptions);
        command.add("-cp");
        command.add(production ? productionClasspath() : System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TRIAGE_LOG_FILE", log.toString());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(
                log.resolveSibling(log.getFileName() + ".err").toFile()));
        Process process = builder.start();
        ChildProcess child = new ChildProcess(process, log);
        Runtime.getRuntime().addShutdownHook(new Thread(child::close, "stop-" + arguments.get(0)));
        return child;
    }

    private static String productionClasspath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(File.separator + "tools" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits for the first line of its output that starts with {@code prefix}. */
    String awaitLine(String prefix) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(prefix)) {
                return line;
            }
        }
        throw new CommandFailedException("a part of the demo ended before it was ready; " + log + " says why");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with a signal, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
