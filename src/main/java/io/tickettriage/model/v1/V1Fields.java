package io.tickettriage.model.v1;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import java.util.List;
import java.util.Map;

/**
 * The fields of an artifact of version 1 that scoring needs. The order of {@code labels} is that of the heads; the
 * layers are passed in their order.
 */
record V1Fields(
        Metadata metadata,
        Preprocess preprocess,
        Vocab vocab,
        Map<String, List<String>> labels,
        Embedding embedding,
        Map<String, Layer> layers,
        Map<String, Linear> heads) {

    /** The one field that tells artifacts of this format from others. */
    record Kind(Type metadata) {
        record Type(String modelType) {}
    }

    /** Sizes: {@code denseSize} is that of the words and keywords together. */
    record Metadata(int denseSize, int embeddingDim) {}

    record Preprocess(
            boolean lowercase,
            String replaceUrls,
            String replaceEmails,
            String replaceNumbers,
            Map<String, String> hinglishMap) {}

    /**
     * The features: token → place in the input; token → row of the embedding; phrases, in input order after the words,
     * one counting where the normalised text contains it anywhere; how many tokens the embedding averages.
     */
    record Vocab(
            Map<String, Integer> bowVocab, Map<String, Integer> embeddingVocab, List<String> keywords, int maxTokens) {}

    /** {@code [tokens][dimensions]}. */
    record Embedding(List<List<Float>> weights) {}

    /** A step between the input and the heads: a dense layer, or the activation after it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Linear.class, name = "linear_int8_per_row"),
        @JsonSubTypes.Type(value = Relu.class, name = "relu")
    })
    sealed interface Layer permits Linear, Relu {}

    record Relu() implements Layer {}

    /** {@code weight}: {@code [outputs][inputs]}, whole numbers within ±127; {@code scale} and {@code bias}: {@code [outputs]}. */
    record Linear(int inFeatures, int outFeatures, List<List<Float>> weight, List<Float> scale, List<Float> bias)
            implements Layer {

        V1Network.Linear toLayer(String path, int inputs) throws InvalidArtifactException {
            requireLength(path, inFeatures, inputs, "inputs");
            float[] rows = rows(path + ".weight", weight, outFeatures, inputs);
            byte[] quantized = new byte[rows.length];
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] != Math.rint(rows[i]) || Math.abs(rows[i]) > Int8Matrix.MAX) {
                    throw Problem.INVALID_NUMBER.because("tensor " + path + ".weight[" + i / inputs + "][" + i % inputs
                            + "] is " + rows[i] + ", expected a whole number within ±127");
                }
                quantized[i] = (byte) rows[i];
            }
            float[] scales = values(path + ".scale", scale, outFeatures);
            float[] biases = values(path + ".bias", bias, outFeatures);
            try {
                return new V1Network.Linear(new Int8Matrix(outFeatures, inputs, quantized, scales), biases);
            } catch (IllegalArgumentException e) {
                throw Problem.INVALID_NUMBER.because("tensor " + path + ": " + e.getMessage());
            }
        }
    }

    static void requireLength(String path, int found, int expected, String unit) throws InvalidArtifactException {
        if (found != expected) {
            throw Problem.WRONG_SHAPE.because(
                    "tensor " + path + " has " + found + " " + unit + ", expected " + expected);
        }
    }

    static float[] rows(String path, List<List<Float>> found, int rows, int columns) throws InvalidArtifactException {
        requireLength(path, found.size(), rows, "rows");
        // The sizes come from the file: memory is taken only for values that are there.
        for (int r = 0; r < rows; r++) {
            requireLength(path + "[" + r + "]", found.get(r).size(), columns, "values");
        }
        float[] flat = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(values(path + "[" + r + "]", found.get(r), columns), 0, flat, r * columns, columns);
        }
        return flat;
    }

    private static float[] values(String path, List<Float> found, int expected) throws InvalidArtifactException {
        requireLength(path, found.size(), expected, "values");
        float[] values = new float[expected];
        for (int i = 0; i < expected; i++) {
            values[i] = found.get(i);
        }
        return values;
    }
}
