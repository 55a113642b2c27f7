package io.tickettriage.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.message.LabelledExample;
import io.tickettriage.training.TestTaxonomies;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeakLabelerTest {
    private final WeakLabeler labeler = new WeakLabeler(TestTaxonomies.project());

    private TrainingRow label(String text, Map<String, String> labels) {
        return labeler.label(new TrainingRow(LabelledExample.row("1", text, labels), Set.of(), "test", 1, ""));
    }

    @Test
    void shouldGuessWhatTheIntentSaysAndMarkItAsWeak() {
        TrainingRow row = label("I want my money back", Map.of("intent", "refund"));
        assertThat(row.example().labels())
                .containsEntry("department", "billing")
                .containsEntry("lead_intent", "low")
                .containsEntry("churn_risk", "high")
                .containsEntry("urgency", "normal")
                .doesNotContainKey("sentiment");
        assertThat(row.weakHeads()).containsExactlyInAnyOrder("department", "lead_intent", "churn_risk", "urgency");
    }

    @Test
    void shouldNeverChangeAGivenLabel() {
        TrainingRow row = label("refund", Map.of("intent", "refund", "department", "general", "churn_risk", "low"));
        assertThat(row.example().labels())
                .containsEntry("department", "general")
                .containsEntry("churn_risk", "low");
        assertThat(row.weakHeads()).doesNotContain("department", "churn_risk");
    }

    @Test
    void shouldLeaveTheSentimentOpenWhereTheTextSaysOtherwise() {
        assertThat(label("where is my parcel", Map.of("intent", "order_tracking"))
                        .example()
                        .labels())
                .containsEntry("sentiment", "neutral");
        assertThat(label("where is my parcel, this is the WORST", Map.of("intent", "order_tracking"))
                        .example()
                        .labels())
                .doesNotContainKey("sentiment");
    }

    @Test
    void shouldMatchPhrasesAtTheEdgesOfWords() {
        assertThat(label("the site is down!", Map.of("intent", "technical_issue"))
                        .example()
                        .labels())
                .containsEntry("urgency", "high");
        assertThat(label("it is downloading", Map.of("intent", "technical_issue"))
                        .example()
                        .labels())
                .doesNotContainEntry("urgency", "high");
    }

    @Test
    void shouldSeeUrgencyInTheWords() {
        assertThat(label("server down, please help", Map.of("intent", "technical_issue"))
                        .example()
                        .labels())
                .containsEntry("urgency", "high");
    }
}
