package io.tickettriage.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as {@code taxonomy.yaml}: heads, or an error that names the file. */
class TaxonomyFuzzTest {
    @FuzzTest(maxDuration = "9s")
    void shouldReadOrRefuseAnyBytes(byte[] yaml) {
        try {
            Taxonomy taxonomy = Taxonomy.read(new ByteArrayInputStream(yaml), "taxonomy.yaml");
            assertThat(taxonomy.headNames()).isNotEmpty();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("taxonomy.yaml");
        }
    }
}
