package io.tickettriage.training.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.training.fit.Thresholds.Scored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    /** Ten predictions of 0.05, 0.15 … 0.95; those above 0.5 are right. */
    private static List<Scored> predictions() {
        List<Scored> predictions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            predictions.add(new Scored((float) (i / 10.0 + 0.05), i >= 5, 1));
        }
        return predictions;
    }

    @Test
    void shouldReviewJustEnoughToReachThePrecision() {
        Thresholds.Choice choice = Thresholds.review(predictions(), 1.0, 0.9);
        assertThat(choice.threshold()).isBetween(0.46f, 0.55f);
    }

    @Test
    void shouldNotReviewMoreThanAllowed() {
        Thresholds.Choice choice = Thresholds.review(predictions(), 1.0, 0.2);
        long reviewed = predictions().stream()
                .filter(a -> a.confidence() < choice.threshold())
                .count();
        assertThat(reviewed).isLessThanOrEqualTo(2);
        assertThat(choice.threshold()).isGreaterThan(0.1f);
    }

    @Test
    void shouldReviewNothingWhereAllIsGood() {
        List<Scored> right = predictions().stream()
                .map(a -> new Scored(a.confidence(), true, 1))
                .toList();
        Thresholds.Choice choice = Thresholds.review(right, 0.95, 0.5);
        assertThat(right.stream().filter(a -> a.confidence() < choice.threshold()))
                .isEmpty();
    }

    @Test
    void shouldDecideFromTheLowestScoreThatIsPreciseEnough() {
        Thresholds.Choice choice = Thresholds.decision(predictions(), 0.8);
        double right = predictions().stream()
                .filter(a -> a.confidence() >= choice.threshold() && a.correct())
                .count();
        double all = predictions().stream()
                .filter(a -> a.confidence() >= choice.threshold())
                .count();
        assertThat(right / all).isGreaterThanOrEqualTo(0.8);
        assertThat(choice.threshold()).isLessThan(0.5f);
    }

    @Test
    void shouldNeverDecideForALabelThatIsNeverRight() {
        List<Scored> wrong = predictions().stream()
                .map(a -> new Scored(a.confidence(), false, 1))
                .toList();
        assertThat(Thresholds.decision(wrong, 0.85).threshold()).isEqualTo(1);
    }
}
