package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Any bytes as {@code rules.yaml}: rules, or an error that names the file. */
class RulesFuzzTest {
    @FuzzTest(maxDuration = "9s")
    void shouldReadOrRefuseAnyBytes(byte[] yaml) {
        try {
            assertThat(Rules.parse(new String(yaml, UTF_8), "rules.yaml")).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("rules.yaml");
        }
    }
}
