package io.tickettriage.training.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.training.fit.Thresholds.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    /** Ten answers of 0.05, 0.15 … 0.95; those above 0.5 are right. */
    private static List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(new Answer((float) (i / 10.0 + 0.05), i >= 5, 1));
        }
        return answers;
    }

    @Test
    void shouldReviewJustEnoughToReachThePrecision() {
        Thresholds.Choice choice = Thresholds.review(answers(), 1.0, 0.9);
        assertThat(choice.threshold()).isBetween(0.46f, 0.55f);
    }

    @Test
    void shouldNotReviewMoreThanAllowed() {
        Thresholds.Choice choice = Thresholds.review(answers(), 1.0, 0.2);
        long reviewed = answers().stream()
                .filter(a -> a.confidence() < choice.threshold())
                .count();
        assertThat(reviewed).isLessThanOrEqualTo(2);
        assertThat(choice.threshold()).isGreaterThan(0.1f);
    }

    @Test
    void shouldReviewNothingWhereAllIsGood() {
        List<Answer> right =
                answers().stream().map(a -> new Answer(a.confidence(), true, 1)).toList();
        Thresholds.Choice choice = Thresholds.review(right, 0.95, 0.5);
        assertThat(right.stream().filter(a -> a.confidence() < choice.threshold()))
                .isEmpty();
    }

    @Test
    void shouldDecideFromTheLowestScoreThatIsPreciseEnough() {
        Thresholds.Choice choice = Thresholds.decision(answers(), 0.8);
        double right = answers().stream()
                .filter(a -> a.confidence() >= choice.threshold() && a.right())
                .count();
        double all = answers().stream()
                .filter(a -> a.confidence() >= choice.threshold())
                .count();
        assertThat(right / all).isGreaterThanOrEqualTo(0.8);
        assertThat(choice.threshold()).isLessThan(0.5f);
    }

    @Test
    void shouldNeverDecideForALabelThatIsNeverRight() {
        List<Answer> wrong = answers().stream()
                .map(a -> new Answer(a.confidence(), false, 1))
                .toList();
        assertThat(Thresholds.decision(wrong, 0.85).threshold()).isEqualTo(1);
    }
}
