package io.tickettriage.ticket;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that go to the output byte for byte, as slices of the input. */
final class PassThroughFields {
    private final byte[] json;
    private final List<Slice> slices = new ArrayList<>();
    private int length;

    /** The bytes {@code json[start … end)}: a name, a colon and a value. */
    private record Slice(@Nullable String name, int start, int end) {}

    PassThroughFields(byte[] json) {
        this.json = json;
    }

    /** Adds a field; an earlier one of the same name is dropped, but null stands for names that may repeat. */
    void add(@Nullable String name, int start, int end) {
        if (name != null) {
            slices.removeIf(slice -> name.equals(slice.name()));
        }
        slices.add(new Slice(name, start, end));
        length += end - start + 1;
    }

    byte[] toBytes() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(length);
        for (Slice slice : slices) {
            if (joined.size() > 0) {
                joined.write(',');
            }
            joined.write(json, slice.start(), slice.end() - slice.start());
        }
        return joined.toByteArray();
    }
}
