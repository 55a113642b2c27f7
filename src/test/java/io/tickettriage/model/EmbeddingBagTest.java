package io.tickettriage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EmbeddingBagTest {
    @Property(tries = 300)
    void shouldSumLikeThePlainFormula(
            @ForAll @IntRange(min = 1, max = 40) int dimensions,
            @ForAll @IntRange(min = 0, max = 1500) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        int vocabulary = 1 + random.nextInt(300);
        byte[] weights = new byte[dimensions * vocabulary];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (random.nextInt(255) - 127);
        }
        assertSame(
                dimensions, vocabulary, weights, random.ints(n, 0, vocabulary).toArray());
    }

    @Test
    void shouldNotCarryBetweenLanesWhenAllWeightsAreExtreme() {
        for (byte extreme : new byte[] {127, -127}) {
            byte[] weights = new byte[24];
            Arrays.fill(weights, extreme);
            for (int n : new int[] {0, 1, 255, 256, 257, 512, 513, 10_000}) {
                assertSame(24, 1, weights, new int[n]);
            }
        }
    }

    private static void assertSame(int dimensions, int vocabulary, byte[] weights, int[] features) {
        float[] scales = new float[dimensions];
        Arrays.fill(scales, 0.5f);
        Int8Matrix matrix = new Int8Matrix(dimensions, vocabulary, weights, scales);
        EmbeddingBag bag = new EmbeddingBag(matrix);
        int[] fast = bag.newSums();
        int[] plain = new int[dimensions];
        for (int feature : features) {
            for (int d = 0; d < dimensions; d++) {
                plain[d] += matrix.quantized(d, feature);
            }
        }

        bag.sum(features, 0, features.length, fast);

        assertThat(Arrays.copyOf(fast, dimensions)).isEqualTo(plain);
    }
}
