package io.tickettriage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Int8MatrixTest {
    @Property(tries = 500)
    void shouldMoveEachOutputByAtMostHalfAStepTimesTheNormOfTheInput(
            @ForAll @IntRange(min = 1, max = 13) int rows,
            @ForAll @IntRange(min = 1, max = 207) int columns,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] weights = floats(random, rows * columns);
        float[] x = floats(random, columns);
        Int8Matrix matrix = Int8Matrix.quantize(weights, rows, columns);

        float[] y = new float[rows];
        matrix.multiplyAdd(x, new float[rows], y);

        for (int r = 0; r < rows; r++) {
            double exact = 0;
            double norm = 0;
            double magnitude = 0;
            for (int c = 0; c < columns; c++) {
                exact += (double) weights[r * columns + c] * x[c];
                norm += Math.abs(x[c]);
                magnitude += Math.abs((double) weights[r * columns + c] * x[c]);
            }
            double bound = 0.5 * matrix.scale(r) * norm;
            // Summing n floats adds at most n units in the last place of the sum of magnitudes.
            double summation = (columns + 2) * Math.ulp((float) (magnitude + bound));
            assertThat(Math.abs(y[r] - exact)).isLessThanOrEqualTo(bound + summation);
        }
    }

    @Test
    void shouldRoundHalfToEvenAndClamp() {
        Int8Matrix matrix = Int8Matrix.quantize(new float[] {127, 0.5f, 1.5f, -2.5f, -127}, 1, 5);

        assertThat(matrix.weights()).containsExactly(127, 0, 2, -2, -127);
        assertThat(matrix.scale(0)).isEqualTo(1);
    }

    @Test
    void shouldGiveARowOfZerosTheScaleOne() {
        assertThat(Int8Matrix.quantize(new float[3], 1, 3).scale(0)).isEqualTo(1);
    }

    @Test
    void shouldRefuseShapesAndScalesThatCannotBe() {
        assertThatThrownBy(() -> new Int8Matrix(2, 3, new byte[5], new float[] {1, 1}))
                .hasMessage("has 5 weights, its shape [2][3] needs 6");
        assertThatThrownBy(() -> new Int8Matrix(1, 1, new byte[1], new float[] {0}))
                .hasMessage("scale[0] is 0.0, expected a number above 0");
        assertThatThrownBy(() -> new Int8Matrix(1, 1, new byte[1], new float[] {Float.NaN}))
                .hasMessage("scale[0] is NaN, expected a number above 0");
        assertThatThrownBy(() -> new Int8Matrix(1, 2, new byte[] {0, -128}, new float[] {1}))
                .hasMessage("weight[0][1] is -128, expected ±127");
    }

    private static float[] floats(Random random, int n) {
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) random.nextGaussian() * (random.nextInt(10) == 0 ? 20 : 1);
        }
        return floats;
    }
}
