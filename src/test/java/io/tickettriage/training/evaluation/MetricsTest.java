package io.tickettriage.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void shouldAverageF1OverTheClassesThatOccur() {
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("a", "b", "never"));
        matrix.add(0, 0);
        matrix.add(0, 1);
        matrix.add(1, 1);
        matrix.add(1, 1);
        assertThat(matrix.accuracy()).isEqualTo(0.75);
        // a: precision 1, recall 1/2, F1 2/3; b: precision 2/3, recall 1, F1 4/5
        assertThat(matrix.macroF1()).isCloseTo((2.0 / 3 + 0.8) / 2, within(1e-12));
    }

    @Test
    void shouldWeighEachBinByItsRows() {
        CalibrationError error = new CalibrationError();
        for (int i = 0; i < 10; i++) {
            error.add(0.99, i < 9);
        }
        for (int i = 0; i < 30; i++) {
            error.add(0.5, i < 15);
        }
        assertThat(error.expected()).isCloseTo(0.25 * 0.09, within(1e-9));
    }

    @Test
    void shouldPutTheEdgesOfConfidenceIntoTheFirstAndLastBin() {
        CalibrationError error = new CalibrationError();
        error.add(0, false);
        error.add(1, true);
        assertThat(error.bins().get(0).n()).isEqualTo(1);
        assertThat(error.bins().get(error.bins().size() - 1).n()).isEqualTo(1);
    }

    @Test
    void shouldTellKindsOfTextApart() {
        assertThat(Slice.HINGLISH.has("mera parcel abhi tak nahi aaya")).isTrue();
        assertThat(Slice.HINGLISH.has("my parcel has not come")).isFalse();
        assertThat(Slice.NEGATION.has("I never asked to cancel")).isTrue();
        assertThat(Slice.SHORT.has("refund please")).isTrue();
        assertThat(Slice.SHOUTING.has("WHERE IS MY REFUND")).isTrue();
        assertThat(Slice.DEVANAGARI.has("\u092e\u0947\u0930\u093e parcel")).isTrue();
    }
}
