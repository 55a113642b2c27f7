package io.tickettriage.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** The lines of an input as bytes, so that whoever reads them can tell malformed UTF-8. */
public final class InputLines {
    private InputLines() {}

    /** A line that is not blank, without its end; the number counts from 1, blank lines too. */
    public record Line(long number, byte[] bytes) {}

    /** Hands over the lines of {@code in}; what exceeds {@code maxBytes} by far is dropped, not kept. */
    public static void forEach(InputStream in, int maxBytes, Consumer<Line> reader) throws IOException {
        InputStream buffered = new BufferedInputStream(in, 1 << 16);
        byte[] line = readLine(buffered, maxBytes);
        for (long number = 1; line.length > 0; number++) {
            int end = line.length;
            while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
                end--;
            }
            byte[] content = Arrays.copyOf(line, end);
            if (!new String(content, UTF_8).isBlank()) {
                reader.accept(new Line(number, content));
            }
            line = readLine(buffered, maxBytes);
        }
    }

    /** The next line with its end; empty at the end of the input. */
    private static byte[] readLine(InputStream in, int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int b = 0;
        while (b != '\n' && (b = in.read()) >= 0) {
            if (line.size() <= maxBytes + 2) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }
}
