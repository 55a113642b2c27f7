package io.tickettriage.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.taxonomy.Activation;
import io.tickettriage.taxonomy.Derivation;
import io.tickettriage.taxonomy.HeadRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewPolicyTest {
    private static final Head HEAD = head("department", 0.5f, 0.2f, true, Map.of());
    private final ReviewPolicy policy = new ReviewPolicy(0.5f);

    @Test
    void shouldAskForNobodyWhenTheAnswerIsClearAndTheWordsAreKnown() {
        assertThat(reasons(HEAD, 10, 5, 0.7f, 0.2f, 0.1f)).isEmpty();
    }

    @Test
    void shouldAskForAPersonWhenConfidenceIsLow() {
        assertThat(reasons(HEAD, 10, 0, 0.49f, 0.2f, 0.31f))
                .containsExactly(
                        new ReviewReason(ReviewReason.Kind.LOW_CONFIDENCE, Optional.of("department"), 0.49f, 0.5f));
    }

    @Test
    void shouldAskForAPersonWhenAnotherLabelScoresAlmostAsHigh() {
        List<ReviewReason> reasons = reasons(HEAD, 10, 0, 0.55f, 0.4f, 0.05f);

        assertThat(reasons).hasSize(1);
        assertThat(reasons.get(0).reason()).isEqualTo(ReviewReason.Kind.CLOSE_CALL);
        assertThat(reasons.get(0).value()).isEqualTo(0.55f - 0.4f);
        assertThat(reasons.get(0).threshold()).isEqualTo(0.2f);
    }

    @Test
    void shouldAskForAPersonWhenTooFewWordsAreKnownOrThereAreNone() {
        assertThat(reasons(HEAD, 10, 6, 0.9f, 0.05f, 0.05f))
                .containsExactly(new ReviewReason(ReviewReason.Kind.UNKNOWN_LANGUAGE, Optional.empty(), 0.4f, 0.5f));
        assertThat(reasons(HEAD, 0, 0, 0.9f, 0.05f, 0.05f))
                .containsExactly(new ReviewReason(ReviewReason.Kind.UNKNOWN_LANGUAGE, Optional.empty(), 0, 0.5f));
    }

    @Test
    void shouldAskForAPersonWhenConfidenceIsNoNumberWhateverTheHeadIsFor() {
        Head reported = head("mood", 0, 0, false, Map.of());

        assertThat(reasons(reported, 10, 0, Float.NaN, Float.NaN, Float.NaN))
                .containsExactly(new ReviewReason(ReviewReason.Kind.LOW_CONFIDENCE, Optional.of("mood"), 0, 0));
    }

    @Test
    void shouldIgnoreDoubtAboutHeadsThatAreOnlyReported() {
        assertThat(reasons(head("mood", 0.9f, 0.9f, false, Map.of()), 10, 0, 0.4f, 0.3f, 0.3f))
                .isEmpty();
    }

    @Test
    void shouldDecideByThresholdFirstAndThenAmongTheOthers() {
        Head urgency = head("urgency", 0, 0, false, Map.of("a", 0.7f));

        assertThat(urgency.decide(new float[] {0.7f, 0.2f, 0.1f})).isEqualTo(0);
        assertThat(urgency.decide(new float[] {0.69f, 0.1f, 0.21f})).isEqualTo(2);
        assertThat(head("low", 0, 0, false, Map.of("a", 0.3f)).decide(new float[] {0.31f, 0.6f, 0.09f}))
                .isEqualTo(0);
        assertThat(HEAD.decide(new float[] {0.4f, 0.4f, 0.2f})).isEqualTo(0);
    }

    private List<ReviewReason> reasons(Head head, int words, int unknown, float... scores) {
        HeadPrediction answer = new HeadPrediction(head, head.decide(scores), scores);
        return policy.reasons(new Prediction(List.of(answer), words, unknown));
    }

    private static Head head(String name, float threshold, float margin, boolean review, Map<String, Float> decisions) {
        return new Head(
                name,
                Activation.SOFTMAX,
                List.of("a", "b", "c"),
                1,
                decisions,
                threshold,
                margin,
                new HeadRoles(true, review, false, 0),
                Derivation.NONE);
    }
}
