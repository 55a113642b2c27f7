package io.tickettriage.model.artifact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.model.Int8Matrix;
import io.tickettriage.model.InvalidArtifactException;
import io.tickettriage.text.TokenizerConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkLimitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                250001 | 8    | 10      | 1000   | vocabulary has 250001 terms and fragments, the limit is 250000
                1000   | 1025 | 10      | 1000   | tensor tensors.bag has 1025 rows, the limit is 1024
                200000 | 41   | 10      | 1000   | tensor tensors.bag needs 9600000 bytes of memory
                1000   | 1024 | 1025    | 1000   | tensor tensors.output has 1049600 weights
                1000   | 1024 | 10      | 100000 | a text could need 41369600000 weights
                1000   | 8    | 64000   | 1000   | an explanation could need 64000000 numbers
                """)
    void shouldRefuseANetworkThatNeedsTooMuchMemoryOrTime(
            long features, int dimensions, int outputs, int maxTokens, String problem) {
        assertThatThrownBy(() -> NetworkLimits.checkSizes(features, dimensions, outputs, maxTokens))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldAllowFiveTimesTheModelInTheProgram() throws Exception {
        NetworkLimits.checkSizes(53_394, 150, 300, 10_000);
    }

    @Test
    void shouldRefuseListsThatEveryTicketWouldBeComparedWith() {
        TokenizerConfig config =
                new TokenizerConfig(Map.of(), List.of(), 0, 1, 1, 0, 10, Collections.nCopies(101, "plan"));

        assertThatThrownBy(() -> NetworkLimits.checkPreprocess(config))
                .hasMessage("preprocess.metadata has 101 entries, the limit is 100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                1e30 | 1    | 0    | tensor tensors.bag: dimension 0 could reach
                1    | 1e29 | 0    | tensor tensors.output: weight of logit 0 could reach
                1e20 | 1e20 | 0    | tensor tensors.output: logit 0 could reach
                1    | 1    | 2e30 | tensor tensors.output: logit 0 could reach 2.0E30, the limit is 1.0E30
                """)
    void shouldRefuseWeightsWithWhichSomeTextCouldOverflow(
            float bagScale, float outputScale, float bias, String problem) {
        TokenizerConfig config = new TokenizerConfig(Map.of(), List.of(), 0, 1, 1, 0, 10, List.of());
        Int8Matrix bag = new Int8Matrix(1, 1, new byte[] {127}, new float[] {bagScale});
        Int8Matrix output = new Int8Matrix(1, 1, new byte[] {127}, new float[] {outputScale});

        assertThatThrownBy(() -> NetworkLimits.checkRange(bag, output, new float[] {bias}, config))
                .hasMessageContaining(problem);
    }
}
