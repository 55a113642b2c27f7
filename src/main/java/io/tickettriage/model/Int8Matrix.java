package io.tickettriage.model;

/**
 * A matrix of signed bytes with one scale per row: {@code w[r][c] ≈ scale[r] · q[r][c]}, with {@code scale[r] =
 * max|w[r]| / 127} and {@code q = rint(w / scale)}, half to even, clamped to ±127. Rounding moves a weight by at most
 * half a step, so each output of {@code q · x} differs from {@code w · x} by at most {@code ½ · scale[r] · ‖x‖₁}. This
 * is the one place in the project that rounds weights. The arrays are not to be changed.
 *
 * @param weights {@code [rows][columns]}, row-major, within ±127
 * @param scales {@code [rows]}, above 0
 */
public record Int8Matrix(int rows, int columns, byte[] weights, float[] scales) {
    /** The largest magnitude of a quantized weight; −128 is never used, so that negation stays exact. */
    public static final int MAX = 127;

    public Int8Matrix {
        long needed = (long) rows * columns;
        if (rows < 1 || columns < 1 || needed != weights.length) {
            throw new IllegalArgumentException(
                    "has " + weights.length + " weights, its shape [" + rows + "][" + columns + "] needs " + needed);
        }
        if (scales.length != rows) {
            throw new IllegalArgumentException("has " + scales.length + " scales for " + rows + " rows");
        }
        for (int r = 0; r < rows; r++) {
            if (!(scales[r] > 0) || Float.isInfinite(scales[r])) {
                throw new IllegalArgumentException("scale[" + r + "] is " + scales[r] + ", expected a number above 0");
            }
        }
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == Byte.MIN_VALUE) {
                throw new IllegalArgumentException(
                        "weight[" + i / columns + "][" + i % columns + "] is -128, expected ±127");
            }
        }
    }

    /** Quantizes float weights {@code [rows][columns]}, row-major. A row of zeros gets scale 1. */
    public static Int8Matrix quantize(float[] weights, int rows, int columns) {
        byte[] quantized = new byte[weights.length];
        float[] scales = new float[rows];
        for (int r = 0; r < rows; r++) {
            float largest = 0;
            for (int c = 0; c < columns; c++) {
                largest = Math.max(largest, Math.abs(weights[r * columns + c]));
            }
            float scale = largest / MAX;
            scales[r] = scale > 0 ? scale : 1;
            for (int c = 0; c < columns; c++) {
                double q = Math.rint((double) weights[r * columns + c] / scales[r]);
                quantized[r * columns + c] = (byte) Math.max(-MAX, Math.min(MAX, q));
            }
        }
        return new Int8Matrix(rows, columns, quantized, scales);
    }

    public byte quantized(int row, int column) {
        return weights[row * columns + column];
    }

    public float scale(int row) {
        return scales[row];
    }

    /** The weights as floats {@code [rows][columns]}, row-major. */
    public float[] dequantize() {
        float[] floats = new float[weights.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = weights[i] * scales[i / columns];
        }
        return floats;
    }

    /** Writes {@code bias + W · x} to {@code out}; {@code x} has {@code columns} values, the others have {@code rows}. */
    public void multiplyAdd(float[] x, float[] bias, float[] out) {
        for (int r = 0; r < rows; r++) {
            float sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += weights[r * columns + c] * x[c];
            }
            out[r] = bias[r] + scales[r] * sum;
        }
    }
}
