package io.tickettriage.verify.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** This program as its commands are started again: the main class, and the libraries of the running JVM. */
public record Program(String mainClass, String classpath) {
    /** The program of this JVM. */
    public static Program running(String mainClass) {
        return new Program(mainClass, System.getProperty("java.class.path"));
    }

    /** The command line of one of its commands; a tool sees the libraries of the tools, too. */
    List<String> command(boolean tool, int heapMib, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heapMib + "m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                tool ? classpath : productionClasspath(),
                mainClass));
        command.addAll(arguments);
        return command;
    }

    private String productionClasspath() {
        return Arrays.stream(classpath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(File.separator + "tools" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
