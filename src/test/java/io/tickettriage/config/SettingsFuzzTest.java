package io.tickettriage.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Any bytes as {@code triage.properties}: settings, or one error with every problem. */
class SettingsFuzzTest {
    @FuzzTest(maxDuration = "9s")
    void shouldReadOrRefuseAnyBytes(byte[] file) {
        try {
            SettingsFile read = SettingsFile.read(new ByteArrayInputStream(file), "triage.properties");
            assertThat(Settings.read(read, Map.of(), List.of())).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("the configuration has");
        }
    }
}
