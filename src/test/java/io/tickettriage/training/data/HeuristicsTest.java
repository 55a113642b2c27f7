package io.tickettriage.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.TestTaxonomies;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeuristicsTest {
    private final Heuristics heuristics = new Heuristics(TestTaxonomies.project());

    private TrainingRow fill(String text, Map<String, String> labels) {
        return heuristics.fill(new TrainingRow(LabelledExample.row("1", text, labels), Set.of(), "test", "own", 1, ""));
    }

    @Test
    void shouldFillWhatTheIntentSaysAndMarkIt() {
        TrainingRow row = fill("I want my money back", Map.of("intent", "refund"));
        assertThat(row.example().labels())
                .containsEntry("department", "billing")
                .containsEntry("lead_intent", "low")
                .containsEntry("churn_risk", "high")
                .containsEntry("urgency", "normal")
                .doesNotContainKey("sentiment");
        assertThat(row.filled()).containsExactlyInAnyOrder("department", "lead_intent", "churn_risk", "urgency");
    }

    @Test
    void shouldNeverChangeAGivenLabel() {
        TrainingRow row = fill("refund", Map.of("intent", "refund", "department", "general", "churn_risk", "low"));
        assertThat(row.example().labels())
                .containsEntry("department", "general")
                .containsEntry("churn_risk", "low");
        assertThat(row.filled()).doesNotContain("department", "churn_risk");
    }

    @Test
    void shouldLeaveTheSentimentOpenWhereTheTextSaysOtherwise() {
        assertThat(fill("where is my parcel", Map.of("intent", "order_tracking"))
                        .example()
                        .labels())
                .containsEntry("sentiment", "neutral");
        assertThat(fill("where is my parcel, this is the WORST", Map.of("intent", "order_tracking"))
                        .example()
                        .labels())
                .doesNotContainKey("sentiment");
    }

    @Test
    void shouldMatchPhrasesAtTheEdgesOfWords() {
        assertThat(Heuristics.has("site is down!", "is down")).isTrue();
        assertThat(Heuristics.has("this downtown shop", "is down")).isFalse();
        assertThat(Heuristics.has("policed policy police", "police")).isTrue();
        assertThat(Heuristics.has("policed policy", "police")).isFalse();
        assertThat(Heuristics.has("so good!!", "!!")).isTrue();
    }

    @Test
    void shouldSeeUrgencyInTheWords() {
        assertThat(fill("server down, please help", Map.of("intent", "technical_issue"))
                        .example()
                        .labels())
                .containsEntry("urgency", "high");
    }
}
