package io.tickettriage.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first layer: the sum of the int8 columns of the features present, divided by the root of their number.
 *
 * <p>{@code h[d] = scale[d] · Σ_f q[d][f] / √n}. All inputs are 1, so the sum is one of integers and exact. The columns lie
 * one after another, each byte raised by 128 so that it has no sign; eight dimensions are added at a time, as the even and
 * the odd bytes of a {@code long} spread over 16-bit lanes. A lane holds 256 bytes of 255 before it could carry into its
 * neighbour, so it is emptied after every 256 features. {@link #sumPlainly} is the same sum as one reads it in the
 * formula, and the oracle of the tests.
 */
final class EmbeddingBag {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LANES = 8;
    private static final int FEATURES_PER_LANE = 256;
    private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;
    private static final int RAISED = 128;

    private final Int8Matrix matrix;
    private final int dimensions;
    /** The dimensions rounded up to whole lanes. */
    private final int stride;
    /** {@code [features][stride]}, each byte raised by 128. */
    private final byte[] columns;

    EmbeddingBag(Int8Matrix matrix) {
        this.matrix = matrix;
        this.dimensions = matrix.rows();
        this.stride = (dimensions + LANES - 1) / LANES * LANES;
        this.columns = new byte[Math.multiplyExact(matrix.columns(), stride)];
        Arrays.fill(columns, (byte) RAISED);
        for (int f = 0; f < matrix.columns(); f++) {
            for (int d = 0; d < dimensions; d++) {
                columns[f * stride + d] = (byte) (matrix.quantized(d, f) + RAISED);
            }
        }
    }

    int dimensions() {
        return dimensions;
    }

    Int8Matrix matrix() {
        return matrix;
    }

    /** A buffer for {@link #sum}. */
    int[] newSums() {
        return new int[stride];
    }

    /** Adds up the columns of {@code features[from … to)}; {@code sums} is a buffer of {@link #newSums}. */
    void sum(int[] features, int from, int to, int[] sums) {
        for (int lane = 0; lane < stride; lane += LANES) {
            Arrays.fill(sums, lane, lane + LANES, -RAISED * (to - from));
            for (int start = from; start < to; start += FEATURES_PER_LANE) {
                addLane(features, start, Math.min(to, start + FEATURES_PER_LANE), lane, sums);
            }
        }
    }

    private void addLane(int[] features, int from, int to, int lane, int[] sums) {
        long even = 0;
        long odd = 0;
        for (int i = from; i < to; i++) {
            long eight = (long) LONGS.get(columns, features[i] * stride + lane);
            even += eight & EVEN_BYTES;
            odd += (eight >>> 8) & EVEN_BYTES;
        }
        for (int k = 0; k < LANES; k += 2) {
            sums[lane + k] += (int) ((even >>> (8 * k)) & 0xffff);
            sums[lane + k + 1] += (int) ((odd >>> (8 * k)) & 0xffff);
        }
    }

    /** The sum as the formula has it. */
    void sumPlainly(int[] features, int n, int[] sums) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < dimensions; d++) {
                sums[d] += matrix.quantized(d, features[i]);
            }
        }
    }

    /** Turns sums over {@code n} features into the layer's output, {@link #dimensions} values. */
    void scale(int[] sums, int n, float[] out) {
        float norm = n == 0 ? 0 : (float) (1 / Math.sqrt(n));
        for (int d = 0; d < dimensions; d++) {
            out[d] = matrix.scale(d) * norm * sums[d];
        }
    }
}
