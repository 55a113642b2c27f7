package io.tickettriage.model;

/** The place of the highest value. */
public final class ArgMax {
    private ArgMax() {}

    /** The place of the highest of {@code values[offset … offset + length)}, from 0; of equal ones the first. */
    public static int of(float[] values, int offset, int length) {
        int best = 0;
        for (int k = 1; k < length; k++) {
            if (values[offset + k] > values[offset + best]) {
                best = k;
            }
        }
        return best;
    }

    /** The label that a head's logits choose, thresholds aside: a single logit is that of a sigmoid's second label. */
    public static int label(float[] logits, int offset, int outputs) {
        return outputs == 1 ? (logits[offset] > 0 ? 1 : 0) : of(logits, offset, outputs);
    }
}
