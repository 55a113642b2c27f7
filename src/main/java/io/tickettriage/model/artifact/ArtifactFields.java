package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.EmbeddingBag;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import java.util.List;

/**
 * The fields of a version 2 artifact that its checksum covers, in file order; tensors: base64, little-endian numbers.
 */
record ArtifactFields(
        int formatVersion,
        String modelType,
        List<Head> heads,
        ReviewPolicy review,
        ObjectNode metrics,
        ObjectNode provenance,
        ObjectNode reference,
        List<ModelArtifact.GoldenTicket> golden,
        TokenizerConfig preprocess,
        Terms vocabulary,
        Tensors tensors) {

    private static final String MODEL_TYPE = "embedding_bag_multitask";

    /**
     * The fields after those: the checksum over the bytes before its name, and what it does not cover, so that the same
     * training gives the same checksum.
     */
    record Seal(String sha256, String version, ObjectNode build) {}

    /** The vocabulary; {@code fragments} holds int32, the fingerprints of the character n-grams. */
    record Terms(List<String> terms, byte[] fragments) {
        long size() {
            return (long) terms.size() + fragments.length / Integer.BYTES;
        }

        Vocabulary toVocabulary() throws InvalidArtifactException {
            int[] charNgrams = LittleEndian.integers("vocabulary.fragments", fragments);
            try {
                return new Vocabulary(terms, charNgrams);
            } catch (IllegalArgumentException e) {
                throw Problem.INVALID_INDEX.because(e.getMessage());
            }
        }
    }

    /** The weights: {@code [dimensions][vocabulary]}, {@code [outputs][dimensions]}, float32 {@code [outputs]}. */
    record Tensors(Matrix bag, Matrix output, byte[] outputBias) {}

    /** A quantized matrix: float32 {@code [rows]} and int8 {@code [rows][columns]}, row-major. */
    record Matrix(int rows, int columns, byte[] scales, byte[] weights) {
        static Matrix of(Int8Matrix matrix) {
            return new Matrix(matrix.rows(), matrix.columns(), LittleEndian.bytes(matrix.scales()), matrix.weights());
        }

        /** The matrix, which its neighbours need to have this shape. */
        Int8Matrix toMatrix(String path, int expectedRows, int expectedColumns) throws InvalidArtifactException {
            if (rows != expectedRows || columns != expectedColumns) {
                throw Problem.WRONG_SHAPE.because("tensor " + path + " is [" + rows + "][" + columns + "], expected ["
                        + expectedRows + "][" + expectedColumns + "]");
            }
            LittleEndian.requireLength(path + ".weights", weights.length, (long) rows * columns);
            float[] floats = LittleEndian.floats(path + ".scales", scales, rows);
            try {
                return new Int8Matrix(rows, columns, weights, floats);
            } catch (IllegalArgumentException e) {
                throw Problem.INVALID_NUMBER.because("tensor " + path + ": " + e.getMessage());
            }
        }
    }

    static ArtifactFields of(ModelArtifact artifact) {
        TicketModel model = artifact.model();
        EmbeddingBagNetwork network = (EmbeddingBagNetwork) model.network();
        Vocabulary known = network.vocabulary();
        Matrix bag = Matrix.of(network.bag().toMatrix());
        ModelArtifact.Notes notes = artifact.notes();
        return new ArtifactFields(
                ArtifactReader.FORMAT_VERSION,
                MODEL_TYPE,
                model.heads(),
                model.reviewPolicy(),
                notes.metrics(),
                notes.provenance(),
                notes.reference(),
                artifact.golden(),
                network.config(),
                new Terms(known.terms(), LittleEndian.bytes(known.charNgrams())),
                new Tensors(bag, Matrix.of(network.output()), LittleEndian.bytes(network.bias())));
    }

    EmbeddingBagNetwork toNetwork() throws InvalidArtifactException {
        if (!modelType.equals(MODEL_TYPE)) {
            throw Problem.UNKNOWN_VERSION.because(
                    "model_type is \"" + modelType + "\", expected \"" + MODEL_TYPE + '"');
        }
        int dimensions = tensors.bag().rows();
        int outputs = heads.stream().mapToInt(Head::outputs).sum();
        NetworkLimits.checkPreprocess(preprocess);
        NetworkLimits.checkSizes(vocabulary.size(), dimensions, outputs, preprocess.maxTokens());
        Vocabulary known = vocabulary.toVocabulary();
        Int8Matrix bag = tensors.bag().toMatrix("tensors.bag", dimensions, known.size());
        Int8Matrix output = tensors.output().toMatrix("tensors.output", outputs, dimensions);
        float[] bias = LittleEndian.floats("tensors.output_bias", tensors.outputBias(), outputs);
        NetworkLimits.checkRange(bag, output, bias, preprocess);
        return new EmbeddingBagNetwork(preprocess, known, new EmbeddingBag(bag), output, bias);
    }
}
