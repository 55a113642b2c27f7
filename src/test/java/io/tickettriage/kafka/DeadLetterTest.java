package io.tickettriage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterTest {
    private static final SourcePosition SOURCE = new SourcePosition("tickets.raw", 3, 7);
    /** A header has two lengths of up to five bytes; small ones are counted as such. */
    private static final int MOST_TOO_MANY_PER_HEADER = 8;

    static Stream<Arguments> envelopes() {
        return Stream.of(
                Arguments.of("key".getBytes(UTF_8), new RecordHeaders()),
                Arguments.of(null, many(10_000, "", 0)),
                Arguments.of(new byte[100_000], many(1, "name", 200_000)),
                Arguments.of(new byte[0], many(500, "n\u00e4me \u20ac \uD83D\uDE21", 300)));
    }

    /** The record whose key and headers are these is never larger than that, and hardly smaller. */
    @ParameterizedTest
    @MethodSource("envelopes")
    void shouldCountKeyAndHeadersAsKafkaWritesThem(byte @Nullable [] key, Headers headers) {
        int written = written(key, headers) - written(null, new RecordHeaders());

        assertThat(DeadLetter.envelopeBytes(key, headers))
                .isBetween((long) written - 10, written + (long) MOST_TOO_MANY_PER_HEADER * headers.toArray().length);
    }

    @Test
    void shouldLeaveOutHeadersThatTakeMoreThanTheLimit() {
        int each = SizeLimits.ENVELOPE_BYTES / 100;

        DeadLetter fits = dead(many(99, "name", each - 14));
        DeadLetter tooLarge = dead(many(101, "name", each - 14));

        assertThat(fits.headers().headers("name")).hasSize(99);
        assertThat(tooLarge.headers().headers("name")).isEmpty();
        assertThat(HeaderNames.text(tooLarge.headers(), HeaderNames.REJECT_REASON))
                .isEqualTo("TOO_LARGE");
    }

    private static DeadLetter dead(Headers headers) {
        return DeadLetter.of(null, new byte[] {1}, headers, SOURCE, "TOO_LARGE", "a test");
    }

    private static int written(byte @Nullable [] key, Headers headers) {
        return DefaultRecord.sizeInBytes(0, 0, key == null ? -1 : key.length, 0, headers.toArray());
    }

    private static Headers many(int count, String name, int valueBytes) {
        RecordHeaders headers = new RecordHeaders();
        IntStream.range(0, count).forEach(i -> headers.add(name, new byte[valueBytes]));
        return headers;
    }
}
