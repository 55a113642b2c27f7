package io.tickettriage.model.v1;

import static io.tickettriage.model.v1.V1Fields.requireLength;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.ArtifactJson;
import io.tickettriage.model.Head;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Derivation;
import io.tickettriage.taxonomy.HeadRoles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads artifact version 1. The format names no roles: the {@code department} head routes and the {@code intent} head
 * lists its best labels, as in the program that wrote it. It has no calibration and no thresholds.
 */
public final class V1ArtifactReader {
    private static final String MODEL_TYPE = "hybrid_tiny_multitask";
    private static final int INTENT_TOP_K = 3;

    private V1ArtifactReader() {}

    /** Reads and validates the JSON of an artifact. */
    public static TicketModel read(ObjectNode json) throws InvalidArtifactException {
        String type = ArtifactJson.read(json, V1Fields.Kind.class).metadata().modelType();
        if (!type.equals(MODEL_TYPE)) {
            throw Problem.UNKNOWN_VERSION.because(
                    "metadata.model_type is \"" + type + "\", expected \"" + MODEL_TYPE + "\"");
        }
        V1Fields fields = ArtifactJson.read(json, V1Fields.class);
        V1Fields.Vocab vocab = fields.vocab();
        int words = vocab.bowVocab().size();
        int keywords = vocab.keywords().size();
        requireLength("vocab", words + keywords, fields.metadata().denseSize(), "words and keywords");
        checkIndices("vocab.bow_vocab", vocab.bowVocab(), words);
        List<List<Float>> weights = fields.embedding().weights();
        int dimensions = fields.metadata().embeddingDim();
        if (vocab.maxTokens() < 1) {
            throw Problem.INVALID_NUMBER.because("vocab.max_tokens is " + vocab.maxTokens() + ", expected 1 or more");
        }
        if (weights.isEmpty()) {
            throw Problem.WRONG_SHAPE.because("tensor embedding.weights has no rows");
        }
        float[] rows = V1Fields.rows("embedding.weights", weights, weights.size(), dimensions);
        Int8Matrix embedding = Int8Matrix.quantize(rows, weights.size(), dimensions);
        checkIndices("vocab.embedding_vocab", vocab.embeddingVocab(), embedding.rows());

        List<V1Network.Linear> layers = new ArrayList<>();
        int width = words + keywords + embedding.columns();
        for (Map.Entry<String, V1Fields.Layer> layer : fields.layers().entrySet()) {
            if (layer.getValue() instanceof V1Fields.Linear linear) {
                layers.add(linear.toLayer("layers." + layer.getKey(), width));
                width = linear.outFeatures();
            }
        }
        List<Head> heads = new ArrayList<>();
        List<V1Network.Linear> headLayers = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : fields.labels().entrySet()) {
            String name = entry.getKey();
            List<String> labels = entry.getValue();
            V1Fields.Linear linear = fields.heads().get(name);
            if (linear == null) {
                throw Problem.CORRUPT.because("heads." + name + " is missing, labels." + name + " is there");
            }
            headLayers.add(linear.toLayer("heads." + name, width));
            int outputs = linear.outFeatures();
            Activation activation = outputs == 1 && labels.size() == 2 ? Activation.SIGMOID : Activation.SOFTMAX;
            if (activation.outputs(labels) != outputs) {
                throw Problem.WRONG_SHAPE.because("tensor heads." + name + " has " + outputs + " rows, expected "
                        + labels.size() + ", one for each label");
            }
            heads.add(new Head(name, activation, labels, 1, Map.of(), 0, 0, roles(name, labels), Derivation.NONE));
        }
        V1Normalizer normalizer = new V1Normalizer(fields.preprocess());
        V1Network network = new V1Network(normalizer, vocab, embedding, layers, headLayers);
        return new TicketModel("v1", "", 1, heads, new ReviewPolicy(0), network);
    }

    private static HeadRoles roles(String head, List<String> labels) {
        return switch (head) {
            case "department" -> new HeadRoles(true, false, false, 0);
            case "intent" -> new HeadRoles(false, false, true, Math.min(INTENT_TOP_K, labels.size()));
            default -> HeadRoles.NONE;
        };
    }

    /** Refuses an index that is given twice, or lies outside the tensor it points into. */
    private static void checkIndices(String path, Map<String, Integer> indices, int size)
            throws InvalidArtifactException {
        Map<Integer, String> owners = new HashMap<>();
        for (Map.Entry<String, Integer> entry : indices.entrySet()) {
            int index = entry.getValue();
            String at = path + "." + entry.getKey() + " is " + index;
            if (index < 0 || index >= size) {
                throw Problem.INVALID_INDEX.because(at + ", expected 0 to " + (size - 1));
            }
            String owner = owners.put(index, entry.getKey());
            if (owner != null) {
                throw Problem.INVALID_INDEX.because(at + ", which \"" + owner + "\" has already");
            }
        }
    }
}
