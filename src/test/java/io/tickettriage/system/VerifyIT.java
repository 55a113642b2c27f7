package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.testing.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One history of faults, on real brokers and instances: a minute of it, with a seed of its own. */
class VerifyIT {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepEveryPromiseThroughAMinuteOfFaults() throws Exception {
        TestCluster.Result result = TestCluster.execute(
                "verify", "--seed", "1", "--duration", "60s", "--rate", "50", "--json", "--keep", directory.toString());

        JsonNode verdict = Json.MAPPER.readTree(result.out());
        assertThat(verdict.path("violations")).as(result.err()).isEmpty();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(verdict.path("tickets").asInt()).isGreaterThan(1_000);
        assertThat(verdict.path("routed").asInt() + verdict.path("rejected").asInt())
                .isGreaterThanOrEqualTo(verdict.path("tickets").asInt());
        assertThat(verdict.path("corrections").asInt()).isPositive();
        assertThat(verdict.path("faults").size()).isGreaterThan(6);
    }
}
