package io.tickettriage.text;

/** A map from fingerprints to values ≥ 0, in one array: open addressing, linear probing, never removed from. */
final class IntIntMap {
    static final int ABSENT = -1;

    /** Slot 2i holds a fingerprint, slot 2i + 1 its value + 1, or 0 where it is free. */
    private final int[] slots;

    private final int shift;

    /** A table for {@code expected} entries, at most three quarters full. */
    IntIntMap(int expected) {
        int bits = Math.max(4, 32 - Integer.numberOfLeadingZeros(expected + expected / 3));
        this.slots = new int[2 << bits];
        this.shift = 32 - bits;
    }

    int get(int fingerprint) {
        return slots[slotOf(fingerprint) + 1] - 1;
    }

    /** Adds an entry, unless the fingerprint is there: then its value is returned, else {@link #ABSENT}. */
    int putIfAbsent(int fingerprint, int value) {
        int slot = slotOf(fingerprint);
        int existing = slots[slot + 1] - 1;
        if (existing == ABSENT) {
            slots[slot] = fingerprint;
            slots[slot + 1] = value + 1;
        }
        return existing;
    }

    /** The slot that holds the fingerprint, or the free one where it belongs. */
    private int slotOf(int fingerprint) {
        int[] table = slots;
        int slot = ((fingerprint * 0x9e3779b9) >>> shift) << 1;
        while (table[slot + 1] != 0 && table[slot] != fingerprint) {
            slot = (slot + 2) & (table.length - 1);
        }
        return slot;
    }
}
