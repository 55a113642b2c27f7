package io.tickettriage.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code triage} command in a process of its own, so that a test can kill it. */
public final class TriageProcess implements AutoCloseable {
    private final Process process;

    private TriageProcess(Process process) {
        this.process = process;
    }

    /** Starts a command; its output and log go to {@code log}. */
    public static TriageProcess start(Path log, List<String> javaOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classpath(), "io.tickettriage.cli.Triage"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .putAll(Map.of("TRIAGE_HOME", Path.of("").toAbsolutePath().toString()));
        return new TriageProcess(builder.start());
    }

    /** The tests' classpath without the tests, which bring a log configuration of their own. */
    private static String classpath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> !entry.endsWith("test-classes"))
                        .toList());
    }

    /** Ends it at once, as the kernel or a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, and says with which code it did. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end within 15 s of SIGTERM");
        }
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, and the processes it has started, which would not hear of it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
