package io.tickettriage.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The sample tickets inside the program: demos send them, benchmarks score them. */
public final class SampleTickets {
    private SampleTickets() {}

    /** The lines of {@code tickets.jsonl}, one JSON object or text a line, or of another file of the demos. */
    public static List<String> lines(String file) throws IOException {
        try (InputStream in = SampleTickets.class.getResourceAsStream("/demo/" + file)) {
            if (in == null) {
                throw new FileNotFoundException("/demo/" + file + " is not on the classpath");
            }
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
