package io.tickettriage.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first layer: the sum of the int8 columns of the features present, divided by the root of their number. {@code
 * h[d] = scale[d] · Σ_f q[d][f] / √n}. All inputs are 1, so the sum is one of integers and exact. Weights lie feature
 * by feature, each byte shifted by a zero point of 128 so that it has no sign; eight dimensions are added at a time, as
 * the even and the odd bytes of a {@code long} spread over 16-bit lanes. A lane holds 256 bytes of 255 before it could
 * carry into its neighbour, so it is emptied after every 256 features. Immutable. This is the only copy of the weights
 * in memory; the file's layout, dimension by dimension, is made on the way in and out.
 */
public final class EmbeddingBag {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LANES = 8;
    private static final int FEATURES_PER_LANE = 256;
    private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;
    private static final int ZERO_POINT = 128;

    private final int features;
    private final int dimensions;
    /** The dimensions rounded up to whole lanes. */
    private final int stride;
    /** {@code [features][stride]}, each byte shifted by {@link #ZERO_POINT}. */
    private final byte[] weights;
    /** {@code [dimensions]}. */
    private final float[] scales;

    /** The layer of a matrix as a file has it, {@code [dimensions][features]}. */
    public EmbeddingBag(Int8Matrix matrix) {
        this.features = matrix.columns();
        this.dimensions = matrix.rows();
        this.stride = stride(dimensions);
        this.scales = matrix.scales();
        this.weights = new byte[Math.multiplyExact(features, stride)];
        Arrays.fill(weights, (byte) ZERO_POINT);
        for (int f = 0; f < features; f++) {
            for (int d = 0; d < dimensions; d++) {
                weights[f * stride + d] = (byte) (matrix.quantized(d, f) + ZERO_POINT);
            }
        }
    }

    /** Quantizes float weights {@code [features][dimensions]}; each dimension has its own scale. */
    public static EmbeddingBag quantize(float[] weights, int features, int dimensions) {
        float[] byDimension = transposed(weights, features, dimensions);
        return new EmbeddingBag(Int8Matrix.quantize(byDimension, dimensions, features));
    }

    /** The bytes that one feature's weights take in memory. */
    public static int stride(int dimensions) {
        return (dimensions + LANES - 1) / LANES * LANES;
    }

    /** The weights as floats, {@code [features][dimensions]}. */
    public float[] dequantize() {
        return transposed(toMatrix().dequantize(), dimensions, features);
    }

    /** {@code [rows][columns]} as {@code [columns][rows]}. */
    static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            transposed[i % columns * rows + i / columns] = matrix[i];
        }
        return transposed;
    }

    /** The matrix as a file has it, {@code [dimensions][features]}. */
    public Int8Matrix toMatrix() {
        byte[] byDimension = new byte[dimensions * features];
        for (int d = 0; d < dimensions; d++) {
            for (int f = 0; f < features; f++) {
                byDimension[d * features + f] = (byte) (weights[f * stride + d] - ZERO_POINT);
            }
        }
        return new Int8Matrix(dimensions, features, byDimension, scales);
    }

    public int features() {
        return features;
    }

    public int dimensions() {
        return dimensions;
    }

    int[] newSums() {
        return new int[stride];
    }

    /** Adds up the columns of {@code present[from … to)}; {@code sums} is a buffer of {@link #newSums}. */
    void sum(int[] present, int from, int to, int[] sums) {
        for (int lane = 0; lane < stride; lane += LANES) {
            Arrays.fill(sums, lane, lane + LANES, -ZERO_POINT * (to - from));
            for (int start = from; start < to; start += FEATURES_PER_LANE) {
                addLane(present, start, Math.min(to, start + FEATURES_PER_LANE), lane, sums);
            }
        }
    }

    private void addLane(int[] present, int from, int to, int lane, int[] sums) {
        long even = 0;
        long odd = 0;
        for (int i = from; i < to; i++) {
            long eight = (long) LONGS.get(weights, present[i] * stride + lane);
            even += eight & EVEN_BYTES;
            odd += (eight >>> 8) & EVEN_BYTES;
        }
        for (int k = 0; k < LANES; k += 2) {
            sums[lane + k] += (int) ((even >>> (8 * k)) & 0xffff);
            sums[lane + k + 1] += (int) ((odd >>> (8 * k)) & 0xffff);
        }
    }

    /** Turns sums over {@code n} features into the layer's output, {@link #dimensions} values. */
    void scale(int[] sums, int n, float[] out) {
        float norm = n == 0 ? 0 : (float) (1 / Math.sqrt(n));
        for (int d = 0; d < dimensions; d++) {
            out[d] = scales[d] * norm * sums[d];
        }
    }
}
