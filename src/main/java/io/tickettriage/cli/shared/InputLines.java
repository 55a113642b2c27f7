package io.tickettriage.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The lines of an input as bytes, so that whoever reads them can tell malformed UTF-8. */
public final class InputLines implements AutoCloseable {
    private final InputStream in;
    private final int maxBytes;
    private long number;

    /** Lines of {@code in}; what exceeds {@code maxBytes} by far is dropped, not kept. */
    public InputLines(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.maxBytes = maxBytes;
    }

    /**
     * A line that holds something.
     *
     * @param number from 1; blank lines count
     */
    public record Line(long number, byte[] bytes) {}

    /** The next line that is not blank, without its end; empty at the end of the input. */
    public Optional<Line> next() throws IOException {
        for (byte[] line = readLine(); line.length > 0; line = readLine()) {
            number++;
            byte[] content = withoutLineEnd(line);
            if (!new String(content, UTF_8).isBlank()) {
                return Optional.of(new Line(number, content));
            }
        }
        return Optional.empty();
    }

    private byte[] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (line.size() <= maxBytes + 2) {
                line.write(b);
            }
            if (b == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private static byte[] withoutLineEnd(byte[] line) {
        int end = line.length;
        while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(line, end);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
