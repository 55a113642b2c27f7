package io.tickettriage.model.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.EmbeddingBag;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import java.util.List;

/**
 * The fields of an artifact of version 2 that its checksum covers, in file order; tensors are base64 of little-endian
 * numbers.
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
     * The fields after those: the checksum, and what it does not cover, so that the same training gives the same checksum.
     *
     * @param sha256 over the bytes before this field's name
     * @param version the model's name
     * @param build where and when the file was written
     */
    record Seal(String sha256, String version, ObjectNode build) {}

    /**
     * The vocabulary.
     *
     * @param fragments int32: the fingerprints of the character n-grams
     */
    record Terms(List<String> terms, byte[] fragments) {
        static Terms of(Vocabulary vocabulary) {
            return new Terms(vocabulary.terms(), LittleEndian.bytes(vocabulary.charNgrams()));
        }

        Vocabulary toVocabulary() throws InvalidArtifactException {
            int[] charNgrams = LittleEndian.integers("vocabulary.fragments", fragments);
            try {
                return new Vocabulary(terms, charNgrams);
            } catch (IllegalArgumentException e) {
                throw new InvalidArtifactException(Problem.INVALID_INDEX, e);
            }
        }
    }

    /**
     * The weights.
     *
     * @param bag {@code [dimensions][vocabulary]}
     * @param output {@code [outputs][dimensions]}
     * @param outputBias float32 {@code [outputs]}
     */
    record Tensors(Matrix bag, Matrix output, byte[] outputBias) {
        static Tensors of(EmbeddingBagNetwork network) {
            return new Tensors(
                    Matrix.of(network.bag().toMatrix()),
                    Matrix.of(network.output()),
                    LittleEndian.bytes(network.bias()));
        }
    }

    /**
     * A quantized matrix.
     *
     * @param scales float32 {@code [rows]}
     * @param weights int8 {@code [rows][columns]}, row-major
     */
    record Matrix(int rows, int columns, byte[] scales, byte[] weights) {
        static Matrix of(Int8Matrix matrix) {
            return new Matrix(matrix.rows(), matrix.columns(), LittleEndian.bytes(matrix.scales()), matrix.weights());
        }

        /** The matrix, which its neighbours need to have this shape. */
        Int8Matrix toMatrix(String path, int expectedRows, int expectedColumns) throws InvalidArtifactException {
            if (rows != expectedRows || columns != expectedColumns) {
                throw new InvalidArtifactException(
                        Problem.WRONG_SHAPE,
                        "tensor " + path + " is [" + rows + "][" + columns + "], expected [" + expectedRows + "]["
                                + expectedColumns + "]");
            }
            LittleEndian.requireLength(path + ".weights", weights.length, (long) rows * columns);
            float[] floats = LittleEndian.floats(path + ".scales", scales, rows);
            try {
                return new Int8Matrix(rows, columns, weights, floats);
            } catch (IllegalArgumentException e) {
                throw new InvalidArtifactException(Problem.INVALID_NUMBER, "tensor " + path + ": " + e.getMessage());
            }
        }
    }

    static ArtifactFields of(ModelArtifact artifact) {
        EmbeddingBagNetwork network = (EmbeddingBagNetwork) artifact.model().network();
        ModelArtifact.Notes notes = artifact.notes();
        return new ArtifactFields(
                ArtifactReader.FORMAT_VERSION,
                MODEL_TYPE,
                artifact.model().heads(),
                artifact.model().reviewPolicy(),
                notes.metrics(),
                notes.provenance(),
                notes.reference(),
                artifact.golden(),
                network.config(),
                Terms.of(network.vocabulary()),
                Tensors.of(network));
    }

    EmbeddingBagNetwork toNetwork() throws InvalidArtifactException {
        Vocabulary known = vocabulary.toVocabulary();
        int dimensions = tensors.bag().rows();
        int outputs = heads.stream().mapToInt(Head::outputs).sum();
        return new EmbeddingBagNetwork(
                preprocess,
                known,
                EmbeddingBag.of(tensors.bag().toMatrix("tensors.bag", dimensions, known.size())),
                tensors.output().toMatrix("tensors.output", outputs, dimensions),
                LittleEndian.floats("tensors.output_bias", tensors.outputBias(), outputs));
    }
}
