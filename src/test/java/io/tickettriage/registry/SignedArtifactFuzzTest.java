package io.tickettriage.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.model.artifact.Checksum;
import io.tickettriage.model.artifact.ModelArtifact;
import io.tickettriage.scoring.Probe;
import io.tickettriage.scoring.Rehearsal;
import io.tickettriage.scoring.Templates;
import io.tickettriage.testing.TestModels;
import io.tickettriage.testing.TestRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Any artifact under a checksum that fits it, which whoever may publish can make: refused with a reason, or a model that gives
 * hostile texts scores that are numbers.
 *
 * <p>Input that begins with a slash changes fields of a valid artifact, one a line: {@code /heads/0/roles/top_k -1}; without a
 * value the field is taken away. Any other input is the file itself.
 */
class SignedArtifactFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] VALID = TestModels.bytes("m", 6);
    /** Reading takes memory for the file and for a network no larger than that; the rehearsal reads long texts. */
    private static final long MAX_READING_BYTES = 64L << 20;

    private static final List<String> HOSTILE_TEXTS = List.of(
            "",
            "\u0000",
            "refund ".repeat(5_000),
            "not refund crash plan:enterprise",
            "\uD83D\uDE21",
            "x".repeat(10_000));

    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ModelCheck check = newCheck();

    @FuzzTest(maxDuration = "9s")
    void shouldScoreWithNumbersOrBeRefused(byte[] input) {
        byte[] file = signed(input.length > 0 && input[0] == '/' ? edited(new String(input, UTF_8)) : input);

        try {
            // What the first reading takes for classes says nothing.
            assertThat(Math.min(readingBytes(file), readingBytes(file)))
                    .as("bytes allocated to read %s", file.length)
                    .isLessThan(MAX_READING_BYTES);
            assertThatItScoresWithNumbers(check.read(file));
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private long readingBytes(byte[] file) {
        long before = memory.getCurrentThreadAllocatedBytes();
        try {
            assertThat(ArtifactReader.readToServe(file)).isNotNull();
        } catch (InvalidArtifactException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        return memory.getCurrentThreadAllocatedBytes() - before;
    }

    private static void assertThatItScoresWithNumbers(ModelArtifact artifact) {
        Predictor predictor = artifact.model().newPredictor();
        for (String text : HOSTILE_TEXTS) {
            for (HeadPrediction answer :
                    predictor.predict(text, Map.of("plan", "enterprise")).heads()) {
                for (float score : answer.scores()) {
                    assertThat(score).as(answer.head().name()).isBetween(0f, 1f);
                }
            }
        }
    }

    /** A valid artifact with fields changed as the lines say; what is no JSON value is a string. */
    private static byte[] edited(String lines) {
        try {
            ObjectNode artifact = (ObjectNode) JSON.readTree(VALID);
            for (String line : lines.split("\n", -1)) {
                String[] edit = line.split(" ", 2);
                set(artifact, edit[0], edit.length == 1 ? null : value(edit[1]));
            }
            return JSON.writeValueAsBytes(artifact);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    private static void set(ObjectNode artifact, String path, @Nullable JsonNode value) {
        JsonPointer at;
        try {
            at = JsonPointer.compile(path);
        } catch (IllegalArgumentException e) {
            return;
        }
        if (at.head() == null) {
            return;
        }
        JsonNode parent = artifact.at(at.head());
        if (parent instanceof ArrayNode list && at.last().mayMatchElement()) {
            int index = Math.min(at.last().getMatchingIndex(), list.size());
            if (value == null) {
                list.remove(index);
            } else {
                list.insert(index, value);
                list.remove(index + 1);
            }
        } else if (parent instanceof ObjectNode object) {
            String name = at.last().getMatchingProperty();
            if (value == null) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    /** The same with the checksum that the writer would have given it; without a place for one, as it is. */
    private static byte[] signed(byte[] file) {
        byte[] field = "\"sha256\":\"".getBytes(US_ASCII);
        byte[] checksum = Checksum.of(file).getBytes(US_ASCII);
        byte[] signed = file.clone();
        for (int at = file.length - field.length - checksum.length; at >= 0; at--) {
            if (Arrays.equals(file, at, at + field.length, field, 0, field.length)) {
                System.arraycopy(checksum, 0, signed, at + field.length, checksum.length);
                return signed;
            }
        }
        return signed;
    }

    private static ModelCheck newCheck() {
        try {
            Templates templates = Templates.parse(ConfigFiles.text("config/templates.yaml"), "config/templates.yaml");
            Rehearsal rehearsal = new Rehearsal(TestRules.none(), templates);
            return new ModelCheck(
                    new TreeSet<>(List.of("billing", "general", "logistics", "review", "sales", "technical")),
                    artifact -> rehearsal.problem(artifact.model(), probes(artifact.golden())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Probe> probes(List<ModelArtifact.GoldenTicket> golden) {
        return golden.stream()
                .map(ticket -> new Probe("golden", ticket.text(), ticket.metadata()))
                .toList();
    }
}
