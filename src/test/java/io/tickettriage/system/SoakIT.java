package io.tickettriage.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.tickettriage.format.Json;
import io.tickettriage.testing.TestCluster;
import io.tickettriage.verify.ResourceSample;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A long history, {@code -Psoak}: every promise is kept, and an instance does not grow. */
@EnabledIfSystemProperty(
        named = "verify.soak",
        matches = "\\d+[smh]",
        disabledReason = "an hour; run ./mvnw verify -Psoak")
class SoakIT {
    // What a rebalance, which gives it other partitions, may change.
    private static final double HEAP_SHARE = 0.15;
    private static final int THREADS = 12;
    private static final int FILE_DESCRIPTORS = 80;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepEveryPromiseAndNotGrow() throws Exception {
        String duration = System.getProperty("verify.soak", "");
        TestCluster.Result result = TestCluster.execute(
                "verify", "--duration=" + duration, "--rate=10", "--spare=1", "--json", "--keep=" + directory);

        JsonNode verdict = Json.MAPPER.readTree(result.out());
        assertThat(verdict.path("violations")).as(result.err()).isEmpty();
        List<ResourceSample> samples = ofOneProcess(
                Json.MAPPER.convertValue(verdict.path("resources"), new TypeReference<List<ResourceSample>>() {}));
        assertFlat("heap after a collection", samples, ResourceSample::heapAfterGc, HEAP_SHARE);
        assertFlat("threads", samples, ResourceSample::threads, THREADS);
        assertFlat("file descriptors", samples, ResourceSample::fileDescriptors, FILE_DESCRIPTORS);
    }

    /** Those of the process that ran longest: a network cut may end even one that is spared. */
    private static List<ResourceSample> ofOneProcess(List<ResourceSample> samples) {
        return samples.stream().collect(Collectors.groupingBy(ResourceSample::pid)).values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    /** The last third has no higher peak than the second, but for some tolerance; in the first, caches fill. */
    private static void assertFlat(
            String what, List<ResourceSample> samples, ToDoubleFunction<ResourceSample> value, double tolerance) {
        int third = samples.size() / 3;
        assertThat(third).as("samples").isGreaterThan(5);
        double second = peak(samples.subList(third, 2 * third), value);
        assertThat(peak(samples.subList(2 * third, samples.size()), value))
                .as(what + ": the peak of the last third, after %.2f in the second", second)
                .isLessThanOrEqualTo(second + tolerance);
    }

    private static double peak(List<ResourceSample> samples, ToDoubleFunction<ResourceSample> value) {
        return samples.stream().mapToDouble(value).max().orElseThrow();
    }
}
