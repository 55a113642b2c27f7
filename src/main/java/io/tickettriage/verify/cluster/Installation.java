package io.tickettriage.verify.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another build of the program, installed in a directory of its own: a checkout that has been built. */
public record Installation(Path home) {
    private static final int CHECK_SECONDS = 120;
    private static final int SHOWN_LINES = 5;

    /** The installation in a directory; an {@link IOException} says what is missing there. */
    public static Installation at(Path home) throws IOException {
        Path directory = home.toAbsolutePath().normalize();
        if (!Files.isExecutable(directory.resolve("triage"))) {
            throw new IOException(directory + ": there is no program triage");
        }
        if (!Files.isRegularFile(directory.resolve("target/triage.jar"))) {
            throw new IOException(directory + ": it has not been built; run ./mvnw -DskipTests package there");
        }
        return new Installation(directory);
    }

    /** The command line of one of its commands. */
    List<String> command(int heapMib, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "TRIAGE_NO_BUILD=1",
                "TRIAGE_TIER=1",
                "TRIAGE_JAVA_OPTS=-Xmx" + heapMib + "m -Dfile.encoding=UTF-8",
                home.resolve("triage").toString()));
        command.addAll(arguments);
        return command;
    }

    /** Makes sure that it knows the options of {@code triage run}; an {@link IOException} has what it says of them. */
    void requireOptions(int heapMib, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--check"));
        arguments.addAll(options);
        Path output = Files.createTempFile("triage-check-", ".log");
        try {
            Process check = new ProcessBuilder(command(heapMib, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!check.waitFor(CHECK_SECONDS, TimeUnit.SECONDS)) {
                check.destroyForcibly();
                throw new IOException(home + ": triage run --check does not end");
            }
            if (check.exitValue() != 0) {
                throw new IOException(home + ": this build cannot run here; triage run --check ends with "
                        + check.exitValue() + ": " + lastLines(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(output);
        }
    }

    /** What a process has said last. */
    static String lastLines(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
}
