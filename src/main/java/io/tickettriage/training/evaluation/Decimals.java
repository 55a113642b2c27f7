package io.tickettriage.training.evaluation;

/** The precision of figures in reports and artifacts. */
public final class Decimals {
    private static final double SIX = 1e6;

    private Decimals() {}

    /** The value to six decimals, half to even. */
    public static double six(double value) {
        return Math.rint(value * SIX) / SIX;
    }
}
