package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.TicketModel;
import io.tickettriage.text.TokenizerConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes artifacts of version 2: one top-level field a line, then the checksum over everything before it, then the
 * version and the build, which stand outside the promise that the same training gives the same bytes.
 */
public final class ArtifactWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION_DIGITS = 12;

    private ArtifactWriter() {}

    /**
     * The bytes of the artifact file.
     *
     * @param artifact a model of version 2; one with an empty version is named by the first 12 digits of the checksum
     */
    public static byte[] write(ModelArtifact artifact) {
        TicketModel model = artifact.model();
        ModelArtifact.Notes notes = artifact.notes();
        EmbeddingBagNetwork network = (EmbeddingBagNetwork) model.network();
        ObjectNode body = NODES.objectNode();
        body.put("format_version", ArtifactReader.FORMAT_VERSION);
        body.put("model_type", "embedding_bag_multitask");
        body.set("heads", heads(model.heads()));
        body.putObject("review").put("min_known_words", model.reviewPolicy().minKnownWords());
        body.set("metrics", notes.metrics());
        body.set("provenance", notes.provenance());
        body.set("reference", notes.reference());
        body.set("golden", golden(artifact.golden()));
        body.set("preprocess", preprocess(network.rules()));
        body.set("vocabulary", vocabulary(network));
        body.set("tensors", tensors(network));

        ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 21);
        file.writeBytes("{\n".getBytes(UTF_8));
        body.properties().forEach(field -> {
            file.writeBytes(bytes(NODES.textNode(field.getKey())));
            file.write(':');
            file.writeBytes(bytes(field.getValue()));
            file.writeBytes(",\n".getBytes(UTF_8));
        });
        String sha256 = Checksum.of(file.toByteArray(), file.size());
        String version = model.version().isEmpty() ? sha256.substring(0, VERSION_DIGITS) : model.version();
        String tail = Checksum.FIELD + ":\"" + sha256 + "\",\n\"version\":" + text(NODES.textNode(version))
                + ",\n\"build\":" + text(notes.build()) + "\n}\n";
        file.writeBytes(tail.getBytes(UTF_8));
        return file.toByteArray();
    }

    private static ArrayNode heads(List<Head> heads) {
        ArrayNode list = NODES.arrayNode();
        for (Head head : heads) {
            ObjectNode node = list.addObject();
            node.put("name", head.name());
            node.put("activation", head.activation().name().toLowerCase(Locale.ROOT));
            head.labels().forEach(node.putArray("labels")::add);
            node.put("temperature", head.temperature());
            ObjectNode thresholds = node.putObject("decision_thresholds");
            new TreeMap<>(head.decisionThresholds()).forEach(thresholds::put);
            node.put("review_threshold", head.reviewThreshold());
            node.put("review_margin", head.reviewMargin());
            node.putObject("roles")
                    .put("routing", head.roles().routing())
                    .put("review", head.roles().review())
                    .put("header", head.roles().header())
                    .put("top_k", head.roles().topK());
        }
        return list;
    }

    private static ObjectNode preprocess(TokenizerConfig rules) {
        ObjectNode node = NODES.objectNode();
        ObjectNode aliases = node.putObject("aliases");
        new TreeMap<>(rules.aliases()).forEach(aliases::put);
        rules.negators().forEach(node.putArray("negators")::add);
        node.put("negation_window", rules.negationWindow());
        node.put("phrase_words", rules.phraseWords());
        node.put("min_fragment", rules.minFragment());
        node.put("max_fragment", rules.maxFragment());
        node.put("max_tokens", rules.maxTokens());
        rules.metadata().forEach(node.putArray("metadata")::add);
        return node;
    }

    private static ObjectNode vocabulary(EmbeddingBagNetwork network) {
        ObjectNode node = NODES.objectNode();
        network.vocabulary().terms().forEach(node.putArray("terms")::add);
        int[] fragments = network.vocabulary().fragments();
        ByteBuffer bytes = ByteBuffer.allocate(4 * fragments.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(fragments);
        node.put("fragments", bytes.array());
        return node;
    }

    private static ObjectNode tensors(EmbeddingBagNetwork network) {
        ObjectNode node = NODES.objectNode();
        node.set("bag", matrix(network.bag()));
        node.set("output", matrix(network.output()));
        node.put("output_bias", littleEndian(network.bias()));
        return node;
    }

    private static ObjectNode matrix(Int8Matrix matrix) {
        ObjectNode node = NODES.objectNode();
        node.put("rows", matrix.rows());
        node.put("columns", matrix.columns());
        node.put("scales", littleEndian(matrix.scales()));
        node.put("weights", matrix.weights());
        return node;
    }

    private static ArrayNode golden(List<ModelArtifact.GoldenTicket> golden) {
        ArrayNode list = NODES.arrayNode();
        for (ModelArtifact.GoldenTicket ticket : golden) {
            ObjectNode node = list.addObject();
            node.put("text", ticket.text());
            ObjectNode metadata = node.putObject("metadata");
            new TreeMap<>(ticket.metadata()).forEach(metadata::put);
            ObjectNode scores = node.putObject("scores");
            for (Map.Entry<String, List<Float>> head : new TreeMap<>(ticket.scores()).entrySet()) {
                head.getValue().forEach(scores.putArray(head.getKey())::add);
            }
        }
        return list;
    }

    private static byte[] littleEndian(float[] floats) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        return bytes.array();
    }

    private static byte[] bytes(Object node) {
        return text(node).getBytes(UTF_8);
    }

    private static String text(Object node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
