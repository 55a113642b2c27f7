package io.tickettriage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickettriage.model.artifact.ArtifactReader;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The explanations of the model in the program, on the demo's tickets. */
class ExplanationTest {
    private final TicketModel model = bundled();

    @Test
    void shouldLowerTheScoreOfTheExplainedLabelWhenTheTopTermIsRemoved() throws Exception {
        Predictor predictor = model.newPredictor();
        int explained = 0;
        int lowered = 0;
        for (String text : texts()) {
            Prediction prediction = predictor.predict(text, Map.of());
            for (Explanation explanation : predictor.explain(text, Map.of(), prediction, 5)) {
                if (explanation.terms().isEmpty()) {
                    continue;
                }
                HeadPrediction before = prediction.head(explanation.head());
                String without = without(text, explanation.terms().get(0).term());
                HeadPrediction after = predictor.predict(without, Map.of()).head(explanation.head());
                explained++;
                lowered += after.scores()[before.labelIndex()] < before.confidence() ? 1 : 0;
            }
        }
        assertThat(explained).isGreaterThan(500);
        assertThat((double) lowered / explained).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void shouldAddUpToTheLogitsExactlyWhereTheNetworkIsLinear() throws Exception {
        ForwardPass pass = model.network().newForwardPass();
        pass.run("", Map.of());
        float[] bias = pass.logits().clone();
        for (String text : texts().subList(0, 50)) {
            if (text.chars().filter(Character::isUpperCase).count() > text.length() / 3) {
                continue; // Shouting is a property of the whole text, not of a term.
            }
            float[] sum = bias.clone();
            for (float[] added : pass.contributions(text, Map.of()).values()) {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += added[k];
                }
            }
            pass.run(text, Map.of());
            for (int k = 0; k < sum.length; k++) {
                assertThat(sum[k]).as("logit %d of %s", k, text).isCloseTo(pass.logits()[k], within(1e-3f));
            }
        }
    }

    private static String without(String text, String term) {
        return Pattern.compile(Pattern.quote(term), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .replaceAll(" ");
    }

    private static TicketModel bundled() {
        try (InputStream in = ExplanationTest.class.getResourceAsStream("/models/default.json")) {
            return ArtifactReader.read(in.readAllBytes()).model();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts() throws Exception {
        List<String> texts = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ExplanationTest.class.getResourceAsStream("/demo/tickets.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{\"text\": \"") && line.endsWith("}")) {
                    JsonNode text = json.readTree(line).path("text");
                    if (!text.asText().isBlank()) {
                        texts.add(text.asText());
                    }
                }
            }
        }
        return texts;
    }
}
