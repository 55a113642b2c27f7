package io.tickettriage.model.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.model.HeadPrediction;
import io.tickettriage.model.Predictor;
import io.tickettriage.model.artifact.ArtifactReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceParityTest {
    private static final Path REFERENCE = Path.of("../shared/reference");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldMatchTheOutputsOfTheVersionOneFixture() throws Exception {
        Path fixtures = Path.of("src/test/resources/fixtures");
        assertParity(fixtures.resolve("model-v1.json"), fixtures.resolve("outputs-v1.jsonl"));
    }

    @Test
    void shouldMatchEveryReferenceOutputOfTheVersionOneModel() throws Exception {
        assumeTrue(Files.exists(REFERENCE), "skipped: ../shared/reference is not here");
        assertParity(REFERENCE.resolve("model-v1.json"), REFERENCE.resolve("outputs-v1.jsonl"));
    }

    private static void assertParity(Path artifact, Path outputs) throws Exception {
        Predictor predictor =
                ArtifactReader.read(Files.readAllBytes(artifact)).model().newPredictor();
        List<String> lines = Files.readAllLines(outputs);
        for (String line : lines) {
            JsonNode row = JSON.readTree(line);
            String id = row.get("id").asText();
            String text = row.get("text").asText();
            assertThat(predictor.view(text, Map.of()).normalizedText())
                    .as("normalized text of %s", id)
                    .isEqualTo(row.get("normalized").asText());
            for (HeadPrediction answer : predictor.predict(text, Map.of()).heads()) {
                String head = answer.head().name();
                assertThat(answer.label())
                        .as("%s of %s", head, id)
                        .isEqualTo(row.get("labels").get(head).asText());
                for (int k = 0; k < answer.scores().length; k++) {
                    String label = answer.head().labels().get(k);
                    assertThat((double) answer.scores()[k])
                            .as("%s.%s of %s", head, label, id)
                            .isCloseTo(row.get("scores").get(head).get(label).asDouble(), within(1e-5));
                }
            }
        }
        assertThat(lines).isNotEmpty();
    }
}
