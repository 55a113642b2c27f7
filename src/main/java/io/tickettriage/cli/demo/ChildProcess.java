package io.tickettriage.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickettriage.cli.shared.CommandFailedException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another {@code triage} command in a process of its own, as a user would start it; its log goes to a file. */
record ChildProcess(Process process, Path log) implements AutoCloseable {
    private static final int CLOSE_TIMEOUT_SECONDS = 10;

    /** Starts the command that {@code arguments} name. */
    static ChildProcess start(
            String mainClass, String classpath, List<String> javaOptions, Path log, List<String> arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(mainClass, classpath, javaOptions, arguments));
        builder.environment().put("TRIAGE_LOG_FILE", log.toString());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(log + ".err")));
        ChildProcess child = new ChildProcess(builder.start(), log);
        Runtime.getRuntime().addShutdownHook(new Thread(child::close, "stop-" + arguments.get(0)));
        return child;
    }

    private static List<String> command(
            String mainClass, String classpath, List<String> javaOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classpath, mainClass));
        command.addAll(arguments);
        return command;
    }

    /** A command that another process can start, its words quoted. */
    static String commandLine(String mainClass, String classpath, List<String> arguments) {
        return command(mainClass, classpath, List.of(), arguments).stream()
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(" "));
    }

    /** The libraries of this program that it has in production. */
    static String productionClasspath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(File.separator + "tools" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits for the first line of its output that starts with {@code prefix}, and returns what follows. */
    String awaitLine(String prefix) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))
                .lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        "a part of the demo ended before it was ready; " + log + " says why"))
                .substring(prefix.length());
    }

    /** Ends it with a signal, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
