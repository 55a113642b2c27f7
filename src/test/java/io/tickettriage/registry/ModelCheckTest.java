package io.tickettriage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickettriage.kafka.SizeLimits;
import io.tickettriage.model.artifact.ArtifactReader;
import io.tickettriage.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModelCheckTest {
    private static final ModelCheck CHECK = new ModelCheck(
            new TreeSet<>(List.of("billing", "general", "logistics", "sales", "technical", "review")),
            artifact -> Optional.of("golden tickets: " + artifact.golden().size())
                    .filter(problem -> artifact.model().version().equals("unrehearsed")));

    @Test
    void shouldReadAModelThatMayScore() throws Exception {
        assertThat(CHECK.read(TestModels.bytes("m1", 6)).model().version()).isEqualTo("m1");
    }

    @Test
    void shouldRefuseAModelWhoseRehearsalFails() {
        assertThatThrownBy(() -> CHECK.read(TestModels.bytes("unrehearsed", 6))).hasMessage("golden tickets: 0");
    }

    @Test
    void shouldRefuseADepartmentWithoutAQueue() {
        assertThatThrownBy(() -> CHECK.read(TestModels.bytes("m1", List.of("legal", "b", "c", "d", "e"))))
                .hasMessageStartingWith("model m1: department \"legal\" has no queue topic (known: billing, general,");
    }

    @Test
    void shouldRefuseVersionOne() throws Exception {
        byte[] file = Files.readAllBytes(Path.of("src/test/resources/fixtures/model-v1.json"));

        assertThatThrownBy(() -> CHECK.read(file))
                .hasMessage("UNKNOWN_VERSION: artifacts of version 1 have no thresholds and cannot route tickets");
    }

    @Test
    void shouldReadAFileAsLargeAsTheTopicTakes() {
        assertThat(ArtifactReader.MAX_FILE_BYTES).isEqualTo(SizeLimits.MODEL_BYTES);
    }
}
