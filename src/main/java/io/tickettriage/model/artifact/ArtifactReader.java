package io.tickettriage.model.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.InvalidArtifactException.Problem;
import io.tickettriage.model.v1.V1ArtifactReader;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.HeadRoles;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads an artifact of version 1 or 2 and refuses whatever could not score. Nothing is repaired. */
public final class ArtifactReader {
    /** The version this program writes, and the newest it reads. */
    public static final int FORMAT_VERSION = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ArtifactReader() {}

    /** Reads and validates the bytes of an artifact file, golden tickets included. */
    public static ModelArtifact read(byte[] file) throws InvalidArtifactException {
        JsonNode json;
        try {
            json = JSON.readTree(file);
        } catch (JsonProcessingException e) {
            throw new InvalidArtifactException(
                    Problem.CORRUPT, "not JSON at byte " + e.getLocation().getByteOffset() + " of " + file.length);
        } catch (IOException e) {
            throw new InvalidArtifactException(Problem.CORRUPT, "not readable: " + e.getMessage());
        }
        ArtifactNode root = new ArtifactNode("", json);
        if (!json.isObject()) {
            throw new InvalidArtifactException(Problem.CORRUPT, "not a JSON object");
        }
        int format = json.path("format_version").isInt()
                ? json.path("format_version").intValue()
                : json.path("version").asInt(0);
        return switch (format) {
            case 1 -> V1ArtifactReader.read(root);
            case FORMAT_VERSION -> readCurrent(root, file);
            default ->
                throw new InvalidArtifactException(
                        Problem.UNKNOWN_VERSION,
                        "format version " + format + " is unknown; this program reads 1 and " + FORMAT_VERSION);
        };
    }

    private static ModelArtifact readCurrent(ArtifactNode root, byte[] file) throws InvalidArtifactException {
        String sha256 = root.child("sha256").string();
        Checksum.verify(file, sha256);
        List<Head> heads = new ArrayList<>();
        for (ArtifactNode head : root.items("heads")) {
            heads.add(head(head));
        }
        TokenizerConfig rules = textRules(root.child("preprocess"));
        Vocabulary vocabulary = vocabulary(root.child("vocabulary"));
        ArtifactNode tensors = root.child("tensors");
        ArtifactNode bag = tensors.child("bag");
        int dimensions = bag.child("rows").integer();
        int outputs = heads.stream().mapToInt(Head::outputs).sum();
        try {
            EmbeddingBagNetwork network = new EmbeddingBagNetwork(
                    rules,
                    vocabulary,
                    bag.matrix(dimensions, vocabulary.size()),
                    tensors.child("output").matrix(outputs, dimensions),
                    tensors.child("output_bias").floats(outputs));
            ReviewPolicy policy = new ReviewPolicy(
                    root.child("review").child("min_known_words").number());
            TicketModel model =
                    new TicketModel(root.child("version").string(), sha256, FORMAT_VERSION, heads, policy, network);
            ModelArtifact artifact = new ModelArtifact(
                    model,
                    new ModelArtifact.Notes(
                            root.objectOrEmpty("metrics"),
                            root.objectOrEmpty("reference"),
                            root.objectOrEmpty("provenance"),
                            root.objectOrEmpty("build")),
                    golden(root));
            artifact.replayGolden();
            return artifact;
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_CONTENT, message(e));
        }
    }

    private static Head head(ArtifactNode node) throws InvalidArtifactException {
        Map<String, Float> decisionThresholds = new HashMap<>();
        for (Map.Entry<String, ArtifactNode> entry :
                node.fields("decision_thresholds").entrySet()) {
            decisionThresholds.put(entry.getKey(), entry.getValue().number());
        }
        Activation activation =
                switch (node.child("activation").string()) {
                    case "softmax" -> Activation.SOFTMAX;
                    case "sigmoid" -> Activation.SIGMOID;
                    default ->
                        throw new InvalidArtifactException(
                                Problem.INVALID_CONTENT, node.path() + ".activation is neither softmax nor sigmoid");
                };
        ArtifactNode roles = node.child("roles");
        try {
            return new Head(
                    node.child("name").string(),
                    activation,
                    node.strings("labels"),
                    node.child("temperature").number(),
                    decisionThresholds,
                    node.child("review_threshold").number(),
                    node.child("review_margin").number(),
                    new HeadRoles(
                            roles.child("routing").flag(),
                            roles.child("review").flag(),
                            roles.child("header").flag(),
                            roles.child("top_k").integer()));
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_CONTENT, node.path() + ": " + message(e));
        }
    }

    private static TokenizerConfig textRules(ArtifactNode node) throws InvalidArtifactException {
        Map<String, String> aliases = new LinkedHashMap<>();
        for (Map.Entry<String, ArtifactNode> alias : node.fields("aliases").entrySet()) {
            aliases.put(alias.getKey(), alias.getValue().string());
        }
        try {
            return new TokenizerConfig(
                    aliases,
                    node.strings("negators"),
                    node.child("negation_window").integer(),
                    node.child("phrase_words").integer(),
                    node.child("min_fragment").integer(),
                    node.child("max_fragment").integer(),
                    node.child("max_tokens").integer(),
                    node.strings("metadata"));
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_CONTENT, message(e));
        }
    }

    private static Vocabulary vocabulary(ArtifactNode node) throws InvalidArtifactException {
        try {
            return new Vocabulary(node.strings("terms"), node.child("fragments").integers());
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(Problem.INVALID_INDEX, message(e));
        }
    }

    private static List<ModelArtifact.GoldenTicket> golden(ArtifactNode root) throws InvalidArtifactException {
        List<ModelArtifact.GoldenTicket> golden = new ArrayList<>();
        for (ArtifactNode ticket : root.items("golden")) {
            Map<String, String> metadata = new LinkedHashMap<>();
            for (Map.Entry<String, ArtifactNode> entry :
                    ticket.fields("metadata").entrySet()) {
                metadata.put(entry.getKey(), entry.getValue().string());
            }
            Map<String, List<Float>> scores = new LinkedHashMap<>();
            for (Map.Entry<String, ArtifactNode> head : ticket.fields("scores").entrySet()) {
                List<Float> values = new ArrayList<>();
                for (float score : ticket.child("scores")
                        .numbers(head.getKey(), head.getValue().json().size())) {
                    values.add(score);
                }
                scores.put(head.getKey(), values);
            }
            golden.add(new ModelArtifact.GoldenTicket(ticket.child("text").string(), metadata, scores));
        }
        return golden;
    }

    private static String message(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName().toLowerCase(Locale.ROOT) : message;
    }
}
