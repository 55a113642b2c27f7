package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                heads                          | {}         | CORRUPT         | heads is not a list
                heads/0/name                   |            | CORRUPT         | heads[0].name is missing
                heads/0/name                   | null       | CORRUPT         | heads[0].name is missing
                heads/0/name                   | 3          | CORRUPT         | heads[0].name is not a string
                heads/0/name                   | "A b"      | INVALID_CONTENT | heads[0]: head "A b": the name must
                heads/0/labels/1               | null       | CORRUPT         | heads[0].labels[1] is missing
                heads/0/labels                 | ["a"]      | INVALID_CONTENT | needs two or more different labels
                heads/0/activation             | "relu"     | INVALID_CONTENT | heads[0].activation is "relu", expected
                heads/0/temperature            | "1"        | CORRUPT         | heads[0].temperature is not a number
                heads/0/temperature            | 1e300      | INVALID_NUMBER  | heads[0].temperature is Infinity
                heads/0/temperature            | 0          | INVALID_CONTENT | temperature is 0.0, expected 0.01 to 100
                heads/0/temperature            | 101        | INVALID_CONTENT | temperature is 101.0, expected 0.01 to 100
                heads/0/decision_thresholds    | {"x": 0.5} | INVALID_CONTENT | head department has no label "x"
                heads/0/roles/routing          | false      | INVALID_CONTENT | one head must route, 0 do
                heads/0/roles/routing          | "yes"      | CORRUPT         | heads[0].roles.routing is not true or
                heads/0/roles/top_k            | 1.5        | CORRUPT         | heads[0].roles.top_k is not a whole
                heads/0/roles/top_k            | -1         | INVALID_CONTENT | top_k is -1, expected 0 to 5, its labels
                heads/0/roles/top_k            | 6          | INVALID_CONTENT | top_k is 6, expected 0 to 5, its labels
                heads/0/labels/1               | "A b"      | INVALID_CONTENT | label "A b" must match
                heads/1/name                   | "department" | INVALID_CONTENT | head "department" is there twice
                model_type                     | "other"    | UNKNOWN_VERSION | model_type is "other", expected
                preprocess/min_fragment        |            | CORRUPT         | preprocess.min_fragment is missing
                preprocess/phrase_words        | 9          | INVALID_CONTENT | preprocess: phrase_words is 9, expected 1
                preprocess/aliases             | []         | CORRUPT         | preprocess.aliases is not an object
                review/min_known_words         | 2          | INVALID_CONTENT | review: min_known_words is 2.0, expected
                vocabulary/fragments           | "AAA="     | WRONG_SHAPE     | vocabulary.fragments has 2 bytes
                tensors/bag                    |            | CORRUPT         | tensors.bag is missing
                tensors/bag/weights            | "!"        | CORRUPT         | tensors.bag.weights is not a base64
                tensors/output_bias            | "AAAA"     | WRONG_SHAPE     | tensors.output_bias has 3 bytes, expected 44
                golden                         |            | CORRUPT         | golden is missing
                """)
    void shouldNameTheFieldThatIsWrong(String path, @Nullable String json, Problem problem, String message)
            throws Exception {
        JsonNode value = json == null ? null : JSON.readTree(json);

        assertRefused(changed(a -> set(a, path, value)), problem, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                metadata/model_type            | "other" | UNKNOWN_VERSION | metadata.model_type is "other", expected
                metadata/dense_size            | 5       | WRONG_SHAPE     | vocab has 39 words and keywords, expected 5
                layers/base_0/type             |         | CORRUPT         | layers.base_0.type is missing
                layers/base_0/type             | "conv"  | INVALID_CONTENT | layers.base_0.type is unknown: "conv"
                layers/base_0/in_features      | 5       | WRONG_SHAPE     | layers.base_0 has 5 inputs, expected 45
                layers/base_0/weight/1         | [1]     | WRONG_SHAPE     | layers.base_0.weight[1] has 1 values
                layers/base_0/weight/1/2       | 200     | INVALID_NUMBER  | layers.base_0.weight[1][2] is 200.0
                layers/base_0/scale/1          | -1      | INVALID_NUMBER  | layers.base_0: scale[1] is -1.0
                layers/base_0/scale            |         | CORRUPT         | layers.base_0.scale is missing
                heads/department               |         | CORRUPT         | heads.department is missing, labels.department
                heads/department/type          | "relu"  | INVALID_CONTENT | heads.department.type is unknown: "relu"
                labels/department              | ["a"]   | WRONG_SHAPE     | heads.department has 5 rows, expected 1
                embedding/weights              | []      | WRONG_SHAPE     | embedding.weights has no rows
                embedding/weights/0/0          | 1e300   | INVALID_NUMBER  | embedding.weights[0][0] is Infinity
                vocab/max_tokens               |         | CORRUPT         | vocab.max_tokens is missing
                vocab/max_tokens               | -1      | INVALID_NUMBER  | vocab.max_tokens is -1, expected 1 or more
                metadata/embedding_dim         | -5      | WRONG_SHAPE     | embedding.weights[0] has 6 values, expected -5
                metadata/embedding_dim         | 2147483647 | WRONG_SHAPE  | embedding.weights[0] has 6 values, expected 2147
                layers/base_0/out_features     | -1      | WRONG_SHAPE     | layers.base_0.weight has 10 rows, expected -1
                """)
    void shouldNameTheVersionOneFieldThatIsWrong(String path, @Nullable String json, Problem problem, String message)
            throws Exception {
        ObjectNode artifact = versionOne();
        set(artifact, path, json == null ? null : JSON.readTree(json));

        assertRefused(bytes(artifact), problem, message);
    }

    /** Sets the field at a path such as {@code heads/0/name}, or takes it away. */
    private static void set(ObjectNode root, String path, @Nullable JsonNode value) {
        JsonPointer at = JsonPointer.valueOf("/" + path);
        JsonNode parent = root.at(at.head());
        String name = at.last().getMatchingProperty();
        if (parent instanceof ArrayNode list) {
            list.set(at.last().getMatchingIndex(), value);
        } else if (value == null) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    @Test
    void shouldRefuseATermThatIsThereTwice() {
        assertRefused(
                changed(a -> ((ArrayNode) a.get("vocabulary").get("terms")).set(3, "crash")),
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

    @ParameterizedTest
    @CsvSource({"-5", "2147483647"})
    void shouldRefuseVersionOneUnreadWhereTheModelIsToServe(int dimensions) throws Exception {
        ObjectNode artifact = versionOne();
        ((ObjectNode) artifact.get("metadata")).put("embedding_dim", dimensions);

        assertThatThrownBy(() -> ArtifactReader.readToServe(bytes(artifact)))
                .hasMessage("artifacts of version 1 have no thresholds and cannot route tickets");
    }

    @Test
    void shouldRefuseScalesThatCouldOverflow() {
        assertRefused(
                changed(a -> tensor(a, "bag").put("scales", floats(1, 1, 3e38f, 1, 1, 1))),
                Problem.INVALID_NUMBER,
                "tensor tensors.bag: dimension 2 could reach");
        assertRefused(
                changed(a -> tensor(a, "output").put("scales", floats(1, 3e38f, 1, 1, 1, 1, 1, 1, 1, 1, 1))),
                Problem.INVALID_NUMBER,
                "tensor tensors.output: weight of logit 1 could reach");
    }

    @ParameterizedTest
    @CsvSource({"active", "shadow", "Upper", "a b", "-x", "''"})
    void shouldRefuseANameThatIsNoVersion(String version) {
        String file = new String(VALID, UTF_8);
        String named = file.replaceFirst("\"version\":\"[^\"]*\"", "\"version\":\"" + version + "\"");

        assertRefused(named.getBytes(UTF_8), Problem.INVALID_CONTENT, "version \"" + version + "\"");
    }

    @Test
    void shouldRefuseWhatItsChecksumDoesNotCover() {
        String file = new String(VALID, UTF_8);
        String trailing = file.stripTrailing();

        assertRefused(
                file.replaceFirst("\"build\"", "\"golden2\":[],\"build\"").getBytes(UTF_8),
                Problem.CORRUPT,
                "golden2 stands after the checksum, which does not cover it");
        assertRefused(
                (trailing.substring(0, trailing.length() - 1) + ",\"heads\":[]}").getBytes(UTF_8),
                Problem.CORRUPT,
                "Duplicate field 'heads'");
        assertRefused((file + "{}").getBytes(UTF_8), Problem.CORRUPT, "Trailing token");
    }

    @Test
    void shouldRefuseWhatIsTooLargeBeforeReadingIt() {
        assertRefused(
                new byte[ArtifactReader.MAX_FILE_BYTES + 1], Problem.TOO_LARGE, "has 8388609 bytes, the limit is");
        assertRefused(
                ("{\"format_version\":2,\"a\":[" + "0,".repeat(500_000) + "0]}").getBytes(UTF_8),
                Problem.CORRUPT,
                "Token count");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32BE"})
    void shouldRefuseAnotherEncoding(String charset) throws Exception {
        assertRefused(new String(VALID, UTF_8).getBytes(charset), Problem.CORRUPT, "not JSON at byte");
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
