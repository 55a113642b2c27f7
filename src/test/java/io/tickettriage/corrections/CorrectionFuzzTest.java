package io.tickettriage.corrections;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickettriage.config.ConfigFiles;
import io.tickettriage.corrections.DecodedCorrection.Correction;
import io.tickettriage.format.Json;
import io.tickettriage.message.CorrectionSubmission;
import io.tickettriage.taxonomy.Taxonomy;
import java.io.IOException;
import java.time.Instant;

/** Any bytes on {@code tickets.corrections.submitted}: what is valid is read back as it was written. */
class CorrectionFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private final CorrectionDecoder decoder = newDecoder();

    @FuzzTest(maxDuration = "9s")
    void shouldTakeOrRejectAnyBytes(byte[] value) throws IOException {
        DecodedCorrection decoded = decoder.decode(value, null, NOW);

        if (decoded instanceof Correction correction) {
            CorrectionSubmission submission = correction.submission();
            assertThat(Json.MAPPER.readValue(Json.bytes(submission), CorrectionSubmission.class))
                    .isEqualTo(submission);
            CorrectionState state = CorrectionState.EMPTY.apply(submission);
            assertThat(Json.MAPPER.readValue(Json.bytes(state), CorrectionState.class))
                    .isEqualTo(state);
        }
    }

    private static CorrectionDecoder newDecoder() {
        try {
            return new CorrectionDecoder(ConfigFiles.read("config/taxonomy.yaml", Taxonomy::read), 1024 * 1024);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
