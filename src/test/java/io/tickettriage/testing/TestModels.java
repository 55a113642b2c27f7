package io.tickettriage.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tickettriage.model.EmbeddingBag;
import io.tickettriage.model.EmbeddingBagNetwork;
import io.tickettriage.model.Head;
import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.ReviewPolicy;
import io.tickettriage.model.TicketModel;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.ArtifactWriter;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Derivation;
import io.tickettriage.taxonomy.HeadRoles;
import io.tickettriage.text.TokenizerConfig;
import io.tickettriage.text.Vocabulary;
import java.util.List;
import java.util.Map;

/**
 * A model small enough to work out by hand: each known word speaks for one department and one intent, and for nothing
 * else. It exists for tests of everything around the weights.
 */
public final class TestModels {
    /** How text becomes features in the model of {@link #artifact}. */
    public static final TokenizerConfig RULES =
            new TokenizerConfig(Map.of("plz", "please"), List.of("not", "never"), 2, 2, 3, 4, 64, List.of("plan"));

    private static final List<String> TERMS = List.of("refund", "crash", "parcel", "price", "hello", "plan:enterprise");
    private static final List<String> DEPARTMENTS = List.of("billing", "general", "logistics", "sales", "technical");
    private static final List<String> INTENTS =
            List.of("delivery_issue", "general_query", "pricing_inquiry", "refund", "technical_issue");
    /** Per term, the department and the intent it speaks for. */
    private static final int[][] SPEAKS_FOR = {{0, 3}, {4, 4}, {2, 0}, {3, 2}, {1, 1}, {3, 2}};

    private TestModels() {}

    /** The bytes of the artifact; {@code strength} scales the weights and so the confidence. */
    public static byte[] bytes(String version, float strength) {
        return ArtifactWriter.write(content(version, strength, DEPARTMENTS));
    }

    /** The same with other names for the five departments. */
    public static byte[] bytes(String version, List<String> departments) {
        return ArtifactWriter.write(content(version, 6, departments));
    }

    /** The artifact as it is read back. */
    public static ModelArtifact artifact(String version, float strength) {
        try {
            return ArtifactReader.read(bytes(version, strength));
        } catch (InvalidArtifactException e) {
            throw new AssertionError(e);
        }
    }

    private static ModelArtifact content(String version, float strength, List<String> departments) {
        int dimensions = TERMS.size();
        int outputs = departments.size() + INTENTS.size() + 1;
        float[] bag = new float[dimensions * TERMS.size()];
        float[] output = new float[outputs * dimensions];
        for (int t = 0; t < TERMS.size(); t++) {
            bag[t * TERMS.size() + t] = 1;
            output[SPEAKS_FOR[t][0] * dimensions + t] = strength;
            output[(departments.size() + SPEAKS_FOR[t][1]) * dimensions + t] = strength;
        }
        output[(outputs - 1) * dimensions] = strength;
        List<Head> heads = List.of(
                new Head(
                        "department",
                        Activation.SOFTMAX,
                        departments,
                        1,
                        Map.of(),
                        0.5f,
                        0.1f,
                        new HeadRoles(true, true, false, 0),
                        Derivation.NONE),
                new Head(
                        "intent",
                        Activation.SOFTMAX,
                        INTENTS,
                        1,
                        Map.of(),
                        0.5f,
                        0,
                        new HeadRoles(false, true, true, 3),
                        Derivation.NONE),
                new Head(
                        "churn_risk",
                        Activation.SIGMOID,
                        List.of("low", "high"),
                        1,
                        Map.of(),
                        0,
                        0,
                        HeadRoles.NONE,
                        Derivation.NONE));
        EmbeddingBagNetwork network = new EmbeddingBagNetwork(
                RULES,
                new Vocabulary(TERMS, new int[0]),
                EmbeddingBag.quantize(bag, TERMS.size(), dimensions),
                Int8Matrix.quantize(output, outputs, dimensions),
                new float[outputs]);
        TicketModel model =
                new TicketModel(version, "", ArtifactReader.FORMAT_VERSION, heads, new ReviewPolicy(0.2f), network);
        JsonNodeFactory json = JsonNodeFactory.instance;
        ModelArtifact.Notes none =
                new ModelArtifact.Notes(json.objectNode(), json.objectNode(), json.objectNode(), json.objectNode());
        return new ModelArtifact(model, none, List.of());
    }
}
