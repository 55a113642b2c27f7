package io.tickettriage.desk;

import org.jspecify.annotations.Nullable;

/**
 * A share of a count, with the interval it lies in with 95 % confidence.
 *
 * <p>Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927: the score interval,
 * which holds for small counts, too.
 *
 * @param n how many were counted
 * @param share 0 to 1; null where nothing was counted
 */
record Share(
        long n,
        @Nullable Double share,
        double low,
        double high) {
    private static final double Z = 1.959964;

    /** The share of {@code hits} among {@code n}. */
    static Share of(long hits, long n) {
        if (n == 0) {
            return new Share(0, null, 0, 1);
        }
        double p = (double) hits / n;
        double centre = p + Z * Z / (2 * n);
        double spread = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
        double scale = 1 + Z * Z / n;
        return new Share(n, p, Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale));
    }
}
