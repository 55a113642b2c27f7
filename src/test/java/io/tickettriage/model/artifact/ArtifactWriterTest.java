package io.tickettriage.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickettriage.format.Sha256;
import io.tickettriage.testing.TestModels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArtifactWriterTest {
    @Test
    void shouldWriteTheProgramsModelAsItWasRead() throws Exception {
        byte[] file = ArtifactFile.bytes(null);

        byte[] written = ArtifactWriter.write(ArtifactReader.read(file));

        assertThat(digestsOfLines(written)).isEqualTo(digestsOfLines(file));
        assertThat(written).hasSameSizeAs(file);
    }

    /** Field → digest of its line: a difference shows where it is, and not the megabytes around it. */
    private static Map<String, String> digestsOfLines(byte[] file) {
        return new String(file, UTF_8)
                .lines()
                .collect(Collectors.toMap(
                        line -> line.split(":", 2)[0],
                        Sha256::of,
                        (first, second) -> first + second,
                        LinkedHashMap::new));
    }

    @Test
    void shouldNameAModelByItsChecksumAndSayThatItWasForced() throws Exception {
        ModelArtifact refused = refused(TestModels.artifact("m1", 6));

        ModelArtifact forced = ArtifactReader.read(ArtifactWriter.write(refused.forced()));

        assertThat(refused.refused()).isTrue();
        assertThat(forced.notes().provenance().at("/gate/forced").asBoolean()).isTrue();
        assertThat(forced.model().version()).isEqualTo(forced.model().sha256().substring(0, 12));
        assertThat(refused.notes().provenance().at("/gate/forced").isMissingNode())
                .isTrue();
    }

    private static ModelArtifact refused(ModelArtifact artifact) throws Exception {
        ModelArtifact.Notes notes = artifact.notes();
        ObjectNode provenance = (ObjectNode) new ObjectMapper().readTree("""
                {"seed": 7, "gate": {"verdict": "refused"}}
                """);
        return new ModelArtifact(
                artifact.model(),
                new ModelArtifact.Notes(notes.metrics(), notes.reference(), provenance, notes.build()),
                artifact.golden());
    }
}
