package io.tickettriage.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The sample tickets inside the program, one JSON object or text a line: the demo sends them, benchmarks score them. */
public final class SampleTickets {
    private static final String RESOURCE = "/demo/tickets.jsonl";

    private SampleTickets() {}

    /** The lines of the samples. */
    public static List<String> lines() throws IOException {
        try (InputStream in = SampleTickets.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE + " is not on the classpath");
            }
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
