package io.tickettriage.cli.shared;

import io.tickettriage.format.VisibleText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes text with {@link VisibleText#lines} applied to it. */
final class VisibleWriter extends FilterWriter {
    VisibleWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        write(Character.toString(c));
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        write(new String(characters, from, length));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(VisibleText.lines(text.substring(from, from + length)));
    }
}
