package io.tickettriage.ticket;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object that go to the output byte for byte, as slices of the input. */
final class PassThroughFields {
    private final byte[] json;
    private final List<Slice> slices = new ArrayList<>();
    /** The place in {@link #slices} of each field that must stand once. */
    private final Map<String, Integer> places = new HashMap<>(8);

    private int length;

    /** The bytes {@code json[start … end)}: a name, a colon and a value; none of them where a later field took its place. */
    private record Slice(int start, int end) {
        static final Slice REPLACED = new Slice(0, 0);
    }

    PassThroughFields(byte[] json) {
        this.json = json;
    }

    /** Adds a field whose name may repeat. */
    void add(int start, int end) {
        slices.add(new Slice(start, end));
        length += end - start + 1;
    }

    /** Adds a field that replaces an earlier one of its name. */
    void addOnce(String name, int start, int end) {
        Integer earlier = places.put(name, slices.size());
        if (earlier != null) {
            slices.set(earlier, Slice.REPLACED);
        }
        add(start, end);
    }

    byte[] toBytes() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(length);
        for (Slice slice : slices) {
            if (slice.end() > 0) {
                if (joined.size() > 0) {
                    joined.write(',');
                }
                joined.write(json, slice.start(), slice.end() - slice.start());
            }
        }
        return joined.toByteArray();
    }
}
