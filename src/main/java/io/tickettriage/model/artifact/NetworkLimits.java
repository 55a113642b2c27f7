package io.tickettriage.model.artifact;

import io.tickettriage.model.EmbeddingBag;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.text.TokenizerConfig;

/**
 * How large a network may be, checked before memory is taken for it: a model comes from a topic, and one that no machine
 * could score with must not cost those that run their memory. Five times the model in the program passes.
 */
final class NetworkLimits {
    static final int MAX_FEATURES = 250_000;
    static final int MAX_DIMENSIONS = 1024;
    /** In memory, where a feature's weights take whole lanes. */
    static final long MAX_BAG_BYTES = 8 << 20;

    static final int MAX_OUTPUT_WEIGHTS = 1 << 20;
    /** An explanation holds the logits of each term. */
    static final int MAX_EXPLANATION_NUMBERS = 4 << 20;
    /** The bytes of weights that the longest text adds up: about half a second. */
    static final long MAX_ADDED_BYTES = 1L << 32;

    static final int MAX_ALIASES = 10_000;
    static final int MAX_METADATA = 100;

    /** A word, its phrases and its negated form; character n-grams of eight lengths from a word of 48 characters. */
    private static final int FEATURES_PER_TOKEN = 4 + 8 * 50;
    /** Far below the largest float, so that sums and differences of such numbers are numbers, too. */
    private static final double LARGEST_VALUE = 1e30;

    private NetworkLimits() {}

    static void checkPreprocess(TokenizerConfig config) throws InvalidArtifactException {
        check("preprocess.aliases has %d entries", config.aliases().size(), MAX_ALIASES);
        check("preprocess.negators has %d entries", config.negators().size(), MAX_ALIASES);
        check("preprocess.metadata has %d entries", config.metadata().size(), MAX_METADATA);
    }

    static void checkSizes(long features, int dimensions, int outputs, int maxTokens) throws InvalidArtifactException {
        check("vocabulary has %d terms and fragments", features, MAX_FEATURES);
        check("tensor tensors.bag has %d rows", dimensions, MAX_DIMENSIONS);
        long stride = EmbeddingBag.stride(dimensions);
        check("tensor tensors.bag needs %d bytes of memory", features * stride, MAX_BAG_BYTES);
        check("tensor tensors.output has %d weights", (long) outputs * dimensions, MAX_OUTPUT_WEIGHTS);
        check(
                "preprocess.max_tokens: a text could need %d weights",
                (long) maxTokens * FEATURES_PER_TOKEN * stride, MAX_ADDED_BYTES);
        check(
                "preprocess.max_tokens: an explanation could need %d numbers",
                (long) maxTokens * outputs, MAX_EXPLANATION_NUMBERS);
    }

    private static void check(String what, long found, long limit) throws InvalidArtifactException {
        if (found > limit) {
            throw Problem.TOO_LARGE.because(what.formatted(found) + ", the limit is " + limit);
        }
    }

    /**
     * Refuses weights with which some text could overflow. A hidden value is at most {@code scale · 127 · √n} for n features;
     * a logit at most its bias and the sum of the hidden values, each times its weight.
     */
    static void checkRange(Int8Matrix bag, Int8Matrix output, float[] bias, TokenizerConfig config)
            throws InvalidArtifactException {
        double features = (double) config.maxTokens() * FEATURES_PER_TOKEN
                + config.metadata().size()
                + 1;
        double[] hidden = new double[bag.rows()];
        for (int d = 0; d < hidden.length; d++) {
            hidden[d] = (double) bag.scale(d) * Int8Matrix.MAX * Math.sqrt(features);
            checkValue("tensors.bag: dimension", d, hidden[d]);
        }
        for (int k = 0; k < bias.length; k++) {
            // The weights are floats in memory, too.
            checkValue("tensors.output: weight of logit", k, (double) output.scale(k) * Int8Matrix.MAX);
            double logit = Math.abs(bias[k]);
            for (int d = 0; d < hidden.length; d++) {
                logit += Math.abs(output.quantized(k, d)) * (double) output.scale(k) * hidden[d];
            }
            checkValue("tensors.output: logit", k, logit);
        }
    }

    private static void checkValue(String what, int index, double reached) throws InvalidArtifactException {
        if (!(reached <= LARGEST_VALUE)) {
            throw Problem.INVALID_NUMBER.because("tensor " + what + " " + index + " could reach " + (float) reached
                    + ", the limit is " + (float) LARGEST_VALUE);
        }
    }
}
