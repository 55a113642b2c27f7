package io.tickettriage.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickettriage.text.Vocabulary;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final int FEATURES = 11;
    private static final int LOGITS = 3;

    private static FloatNetwork network(int dimensions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new FloatNetwork(
                new Vocabulary(List.of(), IntStream.range(0, FEATURES).toArray()),
                dimensions,
                random(FEATURES * dimensions, random),
                random(LOGITS * dimensions, random),
                random(LOGITS, random));
    }

    private static float[] random(int n, SplittableRandom random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @Test
    void shouldHaveTheMeanLogitsOfItsMembers() {
        FloatNetwork a = network(5, 1);
        FloatNetwork b = network(13, 2);
        FloatNetwork mean = Ensemble.mean(List.of(a, b));
        int[] text = {0, 3, 3, 10};
        for (int k = 0; k < LOGITS; k++) {
            assertThat(mean.logits(text)[k]).isCloseTo((a.logits(text)[k] + b.logits(text)[k]) / 2, within(1e-5f));
        }
    }
}
