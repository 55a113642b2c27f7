package io.tickettriage.training.fit;

import java.util.Arrays;
import java.util.List;

/**
 * The rows of one step, padded to the longest.
 *
 * @param length features of the longest row, at least 1
 * @param features {@code [rows][length]}; 0 where there is none
 * @param shares {@code [rows][length]}: {@code 1/√n} for each of a row's n features, 0 where there is none
 * @param targets {@code [rows][columns]}
 */
record Batch(int rows, int length, int[] features, float[] shares, float[] targets) {
    /** A row on its way into a batch. */
    record Row(int[] features, float[] targets) {}

    static Batch of(List<Row> rows) {
        int columns = rows.get(0).targets().length;
        int length = rows.stream().mapToInt(row -> row.features().length).reduce(1, Math::max);
        int[] features = new int[rows.size() * length];
        float[] shares = new float[features.length];
        float[] targets = new float[rows.size() * columns];
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int n = row.features().length;
            System.arraycopy(row.features(), 0, features, r * length, n);
            Arrays.fill(shares, r * length, r * length + n, n == 0 ? 0 : (float) (1 / Math.sqrt(n)));
            System.arraycopy(row.targets(), 0, targets, r * columns, columns);
        }
        return new Batch(rows.size(), length, features, shares, targets);
    }
}
