package io.tickettriage.training.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a text file, strictly UTF-8, none longer than {@link #MAX_LINE_BYTES}; unpacks {@code .gz}. */
public final class LineSource implements Closeable {
    static final int MAX_LINE_BYTES = 4 << 20;

    private final String name;
    private final InputStream in;
    private byte[] line = new byte[4096];
    private long number;

    /** Opens a file. */
    public LineSource(Path file) throws IOException {
        this.name = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new BadDataException(name + ": there is no such file");
        }
        InputStream raw = Files.newInputStream(file);
        try {
            InputStream unpacked = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
            this.in = new BufferedInputStream(unpacked, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw new BadDataException(name + ": not a gzip file (" + e.getMessage() + ")");
        }
    }

    public String name() {
        return name;
    }

    /** The number of the line read last, from 1. */
    public long number() {
        return number;
    }

    /** The next line without its end, or null after the last. */
    public @Nullable String next() throws IOException {
        int length = 0;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        while (b >= 0 && b != '\n') {
            if (length == line.length) {
                if (length >= MAX_LINE_BYTES) {
                    throw error("the line is longer than " + (MAX_LINE_BYTES >> 20) + " MiB; is this a text file?");
                }
                line = Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, 2 * length));
            }
            line[length++] = (byte) b;
            b = in.read();
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        try {
            String text = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
            boolean marked = number == 1 && text.startsWith("\uFEFF");
            return marked ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw error("not UTF-8; convert the file, for instance with iconv -f WINDOWS-1252 -t UTF-8");
        }
    }

    /** Takes one value; {@code lines} stands at its line. An {@link IllegalArgumentException} becomes an error of it. */
    @FunctionalInterface
    public interface JsonVisitor {
        void visit(JsonNode value, LineSource lines) throws IOException;
    }

    /** Reads JSON Lines, packed or not: one value a line, blank lines skipped; every error names the file and the line. */
    public static void readJson(Path file, JsonVisitor visitor) throws IOException {
        try (LineSource lines = new LineSource(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                try {
                    if (!line.isBlank()) {
                        visitor.visit(Json.tree(line), lines);
                    }
                } catch (JsonProcessingException e) {
                    throw lines.error("not JSON (" + e.getOriginalMessage() + ")");
                } catch (IllegalArgumentException e) {
                    throw lines.error(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** An error in the line read last. */
    public BadDataException error(String problem) {
        return new BadDataException(name, number, problem);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
