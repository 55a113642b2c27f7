package io.tickettriage.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    private record Message(String someText, Optional<String> perhaps, Instant at) {}

    @Test
    void shouldWriteTheSameAsBytesAndAsText() {
        Message message = new Message("café \uD83D\uDE21 \u0928\u0939\u0940\u0902", Optional.empty(), Instant.EPOCH);

        assertThat(new String(Json.bytes(message), UTF_8)).isEqualTo(Json.text(message));
        assertThat(Json.text(message))
                .isEqualTo("{\"some_text\":\"café \uD83D\uDE21 \u0928\u0939\u0940\u0902\",\"perhaps\":null,"
                        + "\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void shouldReadWhatItWroteAndIgnoreFieldsItDoesNotKnow() throws Exception {
        String json = """
                {"some_text": "x", "perhaps": "y", "at": "2026-11-20T10:00:00Z", "new_in_a_later_version": [1, 2]}""";

        assertThat(Json.MAPPER.readValue(json, Message.class))
                .isEqualTo(new Message("x", Optional.of("y"), Instant.parse("2026-11-20T10:00:00Z")));
    }

    @Test
    void shouldKeepNumbersOfTreesAsTheyWereWritten() throws Exception {
        String json = "{\"n\":[0.410000,12345678901234567890.5,1E+2]}";

        assertThat(Json.text(Json.MAPPER.readTree(json))).isEqualTo(json);
    }

    @Test
    void shouldRefuseANumberThatNoComputerCanHold() {
        String json = "{\"n\":0.0e-99999999999999999999}";

        assertThatThrownBy(() -> Json.tree(json)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Json.tree(json.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}
