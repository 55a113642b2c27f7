package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Sha256;
import io.tickettriage.model.Head;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.InvalidArtifactException.Problem;
import io.tickettriage.model.Prediction;
import io.tickettriage.testing.TestModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArtifactReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] VALID = TestModels.bytes("", 6);

    @Test
    void shouldReadWhatWasWritten() throws Exception {
        ModelArtifact artifact = ArtifactReader.read(VALID);

        assertThat(artifact.model().version())
                .isEqualTo(artifact.model().sha256().substring(0, 12));
        assertThat(artifact.model().heads())
                .extracting(Head::name)
                .containsExactly("department", "intent", "churn_risk");
        Prediction prediction = artifact.model().newPredictor().predict("refund plz", Map.of());
        assertThat(prediction.routing().label()).isEqualTo("billing");
        assertThat(prediction.words()).isEqualTo(2);
        assertThat(prediction.unknownWords()).isEqualTo(1);
        assertThat(TestModels.bytes("", 6)).isEqualTo(VALID);
    }

    @Test
    void shouldRefuseAChangedByteByItsChecksum() {
        byte[] changed = VALID.clone();
        changed[new String(VALID, UTF_8).indexOf("\"temperature\":1.0") + 14] = '2';

        assertRefused(changed, Problem.CHECKSUM_MISMATCH, "checksum mismatch");
    }

    @Test
    void shouldRefuseATruncatedFile() {
        assertRefused(java.util.Arrays.copyOf(VALID, VALID.length / 2), Problem.CORRUPT, "not JSON at byte");
    }

    @Test
    void shouldRefuseAnotherFormatVersion() {
        assertRefused(changed(a -> a.put("format_version", 3)), Problem.UNKNOWN_VERSION, "format version 3 is unknown");
    }

    @Test
    void shouldNameATensorOfTheWrongShapeAndTheNumbers() {
        assertRefused(
                changed(a -> tensor(a, "bag").put("columns", 7)),
                Problem.WRONG_SHAPE,
                "tensor tensors.bag is [6][7], expected [6][6]");
        assertRefused(
                changed(a -> tensor(a, "output").put("weights", new byte[3])),
                Problem.WRONG_SHAPE,
                "tensor tensors.output.weights has 3 bytes, expected 66");
    }

    @Test
    void shouldNameAScaleThatIsNotAboveZeroAndAValueThatIsNoNumber() {
        assertRefused(
                changed(a -> tensor(a, "bag").put("scales", floats(1, 1, -1, 1, 1, 1))),
                Problem.INVALID_NUMBER,
                "tensor tensors.bag: scale[2] is -1.0");
        assertRefused(
                changed(a -> ((ObjectNode) a.get("tensors"))
                        .put("output_bias", floats(0, Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
                Problem.INVALID_NUMBER,
                "tensor tensors.output_bias: value 1 is NaN");
    }

    @Test
    void shouldRefuseATermThatIsThereTwice() {
        assertRefused(
                changed(a -> ((com.fasterxml.jackson.databind.node.ArrayNode)
                                a.get("vocabulary").get("terms"))
                        .set(3, "crash")),
                Problem.INVALID_INDEX,
                "vocabulary.terms[3] \"crash\" is there twice");
    }

    @Test
    void shouldNameTheVersionOneIndexThatIsTakenOrOutOfRange() throws Exception {
        ObjectNode taken = versionOne();
        ((ObjectNode) taken.get("vocab").get("bow_vocab")).put("money", 0);
        assertRefused(bytes(taken), Problem.INVALID_INDEX, "vocab.bow_vocab.money is 0, which \"refund\" has already");

        ObjectNode outside = versionOne();
        ((ObjectNode) outside.get("vocab").get("embedding_vocab")).put("money", 99);
        assertRefused(bytes(outside), Problem.INVALID_INDEX, "vocab.embedding_vocab.money is 99, expected 0 to 25");
    }

    @Test
    void shouldRefuseAnArtifactWhoseGoldenTicketsComeOutDifferently() {
        byte[] other = changed(a -> a.withArray("golden")
                .addObject()
                .put("text", "refund")
                .set("metadata", JSON.createObjectNode())
                .<ObjectNode>require()
                .set("scores", JSON.valueToTree(Map.of("department", new float[] {0, 0, 0, 0, 1}))));

        assertRefused(other, Problem.GOLDEN_MISMATCH, "golden[0]: department.billing scores");
    }

    @Property(tries = 300)
    void shouldOnlyEverRefuseDamagedFilesInItsOwnWords(@ForAll int place, @ForAll byte damage) {
        byte[] damaged = VALID.clone();
        damaged[Math.floorMod(place, damaged.length)] = damage;
        try {
            assertThat(ArtifactReader.read(damaged).model()).isNotNull();
        } catch (InvalidArtifactException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static void assertRefused(byte[] file, Problem problem, String message) {
        assertThatThrownBy(() -> ArtifactReader.read(file))
                .hasMessageContaining(message)
                .asInstanceOf(type(InvalidArtifactException.class))
                .extracting(InvalidArtifactException::problem)
                .isEqualTo(problem);
    }

    /** The valid artifact with one change and a checksum that fits it. */
    private static byte[] changed(Consumer<ObjectNode> change) {
        try {
            ObjectNode artifact = (ObjectNode) JSON.readTree(VALID);
            artifact.remove("sha256");
            JsonNode version = artifact.remove("version");
            artifact.remove("build");
            change.accept(artifact);
            String body = JSON.writeValueAsString(artifact);
            String head = body.substring(0, body.length() - 1) + ",";
            byte[] bytes = head.getBytes(UTF_8);
            return (head + "\"sha256\":\"" + Sha256.of(bytes, bytes.length) + "\",\"version\":" + version + "}")
                    .getBytes(UTF_8);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode tensor(ObjectNode artifact, String name) {
        return (ObjectNode) artifact.get("tensors").get(name);
    }

    private static ObjectNode versionOne() throws Exception {
        return (ObjectNode) JSON.readTree(Files.readAllBytes(Path.of("src/test/resources/fixtures/model-v1.json")));
    }

    private static byte[] bytes(JsonNode json) throws Exception {
        return JSON.writeValueAsBytes(json);
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
