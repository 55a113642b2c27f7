package io.tickettriage.ticket;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object that go to the output, as slices of the input; a repeated name keeps its last slice. */
final class PassThroughFields {
    private final byte[] json;
    private @Nullable String[] names = new @Nullable String[8];
    private int[] bounds = new int[16];
    private int size;

    PassThroughFields(byte[] json) {
        this.json = json;
    }

    /** Adds the bytes from {@code start} to {@code end}; an earlier slice of the same name is dropped. */
    void add(@Nullable String name, int start, int end) {
        if (name != null) {
            for (int i = 0; i < size; i++) {
                if (name.equals(names[i])) {
                    bounds[2 * i + 1] = bounds[2 * i];
                }
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            bounds = Arrays.copyOf(bounds, 4 * size);
        }
        names[size] = name;
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        size++;
    }

    /** The slices joined by commas. */
    byte[] toBytes() {
        int length = 0;
        for (int i = 0; i < size; i++) {
            int slice = bounds[2 * i + 1] - bounds[2 * i];
            length += slice == 0 ? 0 : slice + 1;
        }
        byte[] joined = new byte[Math.max(0, length - 1)];
        int at = 0;
        for (int i = 0; i < size; i++) {
            int slice = bounds[2 * i + 1] - bounds[2 * i];
            if (slice == 0) {
                continue;
            }
            if (at > 0) {
                joined[at++] = ',';
            }
            System.arraycopy(json, bounds[2 * i], joined, at, slice);
            at += slice;
        }
        return joined;
    }
}
