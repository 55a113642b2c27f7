package io.tickettriage.model.v1;

import io.tickettriage.model.Head;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactNode;
import io.tickettriage.model.artifact.InvalidArtifactException;
import io.tickettriage.model.artifact.InvalidArtifactException.Problem;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.HeadRoles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads artifact version 1. The format names no roles: the {@code department} head routes and the {@code intent} head
 * lists its best labels, as in the program that wrote it. It has no calibration and no thresholds.
 */
public final class V1ArtifactReader {
    private static final String MODEL_TYPE = "hybrid_tiny_multitask";
    private static final Map<String, HeadRoles> ROLES =
            Map.of("department", new HeadRoles(true, false, false, 0), "intent", new HeadRoles(false, false, true, 3));

    private V1ArtifactReader() {}

    public static ModelArtifact read(ArtifactNode root) throws InvalidArtifactException {
        ArtifactNode metadata = root.child("metadata");
        String type = metadata.child("model_type").string();
        if (!type.equals(MODEL_TYPE)) {
            throw new InvalidArtifactException(
                    Problem.UNKNOWN_VERSION,
                    "metadata.model_type is \"" + type + "\", expected \"" + MODEL_TYPE + "\"");
        }
        ArtifactNode vocab = root.child("vocab");
        Map<String, Integer> bagOfWords =
                indices(vocab, "bow_vocab", vocab.child("bow_vocab").json().size());
        List<String> keywords = vocab.strings("keywords");
        ArtifactNode.requireLength(
                "vocab",
                bagOfWords.size() + keywords.size(),
                metadata.child("dense_size").integer(),
                "words and keywords");
        int dimensions = metadata.child("embedding_dim").integer();
        Int8Matrix embedding = embedding(root.child("embedding"), dimensions);
        Map<String, Integer> embeddingRows = indices(vocab, "embedding_vocab", embedding.rows());

        List<V1Network.Linear> layers = new ArrayList<>();
        int width = bagOfWords.size() + keywords.size() + dimensions;
        for (ArtifactNode layer : root.fields("layers").values()) {
            if (layer.child("type").string().equals("relu")) {
                continue;
            }
            layers.add(linear(layer, width));
            width = layers.get(layers.size() - 1).bias().length;
        }
        List<Head> heads = new ArrayList<>();
        List<V1Network.Linear> headLayers = new ArrayList<>();
        Map<String, ArtifactNode> headNodes = root.fields("heads");
        ArtifactNode labels = root.child("labels");
        for (String name : root.fields("labels").keySet()) {
            ArtifactNode node = headNodes.get(name);
            if (node == null) {
                throw new InvalidArtifactException(
                        Problem.CORRUPT, "heads." + name + " is missing, labels." + name + " is there");
            }
            V1Network.Linear layer = linear(node, width);
            heads.add(head(name, labels.strings(name), layer));
            headLayers.add(layer);
        }
        V1Network network = new V1Network(
                normalizer(root.child("preprocess")),
                bagOfWords,
                keywords,
                embeddingRows,
                embedding,
                vocab.child("max_tokens").integer(),
                List.copyOf(layers),
                List.copyOf(headLayers));
        try {
            TicketModel model = new TicketModel("v1", "", 1, heads, new ReviewPolicy(0), network);
            ModelArtifact.Notes none = ModelArtifact.Notes.none();
            ModelArtifact.Notes notes = new ModelArtifact.Notes(
                    root.objectOrEmpty("metrics"), none.reference(), none.provenance(), none.build());
            return new ModelArtifact(model, notes, List.of());
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_CONTENT, String.valueOf(e.getMessage()));
        }
    }

    private static Head head(String name, List<String> labels, V1Network.Linear layer) throws InvalidArtifactException {
        int outputs = layer.bias().length;
        Activation activation = outputs == 1 && labels.size() == 2 ? Activation.SIGMOID : Activation.SOFTMAX;
        if (activation == Activation.SOFTMAX && outputs != labels.size()) {
            throw new InvalidArtifactException(
                    Problem.WRONG_SHAPE,
                    "tensor heads." + name + " has " + outputs + " rows, expected " + labels.size()
                            + ", one for each label");
        }
        try {
            return new Head(name, activation, labels, 1, Map.of(), 0, 0, ROLES.getOrDefault(name, HeadRoles.NONE));
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_CONTENT, String.valueOf(e.getMessage()));
        }
    }

    private static V1Normalizer normalizer(ArtifactNode node) throws InvalidArtifactException {
        Map<String, String> hinglish = new LinkedHashMap<>();
        for (Map.Entry<String, ArtifactNode> entry : node.fields("hinglish_map").entrySet()) {
            hinglish.put(entry.getKey(), entry.getValue().string());
        }
        return new V1Normalizer(
                node.child("lowercase").flag(),
                node.child("replace_urls").string(),
                node.child("replace_emails").string(),
                node.child("replace_numbers").string(),
                hinglish);
    }

    private static Int8Matrix embedding(ArtifactNode node, int dimensions) throws InvalidArtifactException {
        List<ArtifactNode> rows = node.items("weights");
        float[] weights = new float[rows.size() * dimensions];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(row(rows.get(r), dimensions), 0, weights, r * dimensions, dimensions);
        }
        if (rows.isEmpty()) {
            throw new InvalidArtifactException(Problem.WRONG_SHAPE, "tensor embedding.weights has no rows");
        }
        return Int8Matrix.quantize(weights, rows.size(), dimensions);
    }

    private static V1Network.Linear linear(ArtifactNode node, int inputs) throws InvalidArtifactException {
        String type = node.child("type").string();
        if (!type.equals("linear_int8_per_row")) {
            throw new InvalidArtifactException(
                    Problem.INVALID_CONTENT,
                    node.path() + ".type is \"" + type + "\", expected linear_int8_per_row or relu");
        }
        ArtifactNode.requireLength(node.path(), node.child("in_features").integer(), inputs, "inputs");
        int outputs = node.child("out_features").integer();
        List<ArtifactNode> rows = node.items("weight");
        ArtifactNode.requireLength(node.path() + ".weight", rows.size(), outputs, "rows");
        byte[] weights = new byte[outputs * inputs];
        for (int r = 0; r < outputs; r++) {
            float[] row = row(rows.get(r), inputs);
            for (int c = 0; c < inputs; c++) {
                if (row[c] != Math.rint(row[c]) || Math.abs(row[c]) > Int8Matrix.MAX) {
                    throw new InvalidArtifactException(
                            Problem.INVALID_NUMBER,
                            "tensor " + rows.get(r).path() + "[" + c + "] is " + row[c]
                                    + ", expected a whole number within ±127");
                }
                weights[r * inputs + c] = (byte) row[c];
            }
        }
        return new V1Network.Linear(
                node.newMatrix(outputs, inputs, weights, node.numbers("scale", outputs)),
                node.numbers("bias", outputs));
    }

    private static float[] row(ArtifactNode node, int expected) throws InvalidArtifactException {
        node.expect(node.json().isArray(), "a list");
        ArtifactNode.requireLength(node.path(), node.json().size(), expected, "values");
        float[] row = new float[expected];
        for (int c = 0; c < expected; c++) {
            row[c] = new ArtifactNode(node.path() + "[" + c + "]", node.json().get(c)).number();
        }
        return row;
    }

    /** A vocabulary: each index once, all within the tensor they point into. */
    private static Map<String, Integer> indices(ArtifactNode vocab, String name, int size)
            throws InvalidArtifactException {
        Map<String, Integer> indices = new LinkedHashMap<>();
        String[] owners = new String[size];
        for (Map.Entry<String, ArtifactNode> entry : vocab.fields(name).entrySet()) {
            int index = entry.getValue().integer();
            if (index < 0 || index >= size) {
                throw new InvalidArtifactException(
                        Problem.INVALID_INDEX,
                        entry.getValue().path() + " is " + index + ", expected 0 to " + (size - 1));
            }
            if (owners[index] != null) {
                throw new InvalidArtifactException(
                        Problem.INVALID_INDEX,
                        entry.getValue().path() + " is " + index + ", which \"" + owners[index] + "\" has already");
            }
            owners[index] = entry.getKey();
            indices.put(entry.getKey(), index);
        }
        return indices;
    }
}
