package io.tickettriage.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickettriage.ticket.RawTicket;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The most expensive tickets of 1 MiB that anybody has thought of: work must be linear in their bytes. */
class WorstCaseTest {
    private static final int BYTES = 1024 * 1024 - 64;
    // A quadratic step takes hundreds of times as long as an ordinary ticket of the same size; a linear one a few
    // times.
    private static final int MOST_TIMES_AN_ORDINARY_TICKET = 30;
    private static final String ORDINARY = text(fill("please refund my order "));

    private final TicketScorer scorer = TestScorers.withEverything();

    static Stream<Arguments> tickets() {
        return Stream.of(
                Arguments.of("one field repeated", "{" + fill("\"body\":\"\",") + "\"text\":\"x\"}"),
                Arguments.of("many unknown fields", "{" + fields() + "\"text\":\"x\"}"),
                Arguments.of("a number that ends as a word", text(fill("1,") + "1a")),
                Arguments.of("dates that end as a word", text(fill("1-") + "1a")),
                Arguments.of("digits that end as a word", text(fill("1") + "a")),
                Arguments.of("an address without an end", text("@" + fill("a.b-"))),
                Arguments.of("addresses", text(fill("a@b."))),
                Arguments.of("links", text(fill("http://"))),
                Arguments.of("exclamations", text(fill("!?"))),
                Arguments.of("words of one letter", text(fill("a "))),
                Arguments.of("one word", text(fill("ab"))),
                Arguments.of("mentions", text(fill("@"))),
                Arguments.of("lines", text(fill("\\n"))),
                Arguments.of("escapes", text(fill("\\u0041"))),
                Arguments.of("emoji", text(fill("\uD83D\uDE00"))),
                Arguments.of("half a redaction", text(fill("<emai"))),
                Arguments.of("a phrase of the rules, almost", text(fill("legal actio "))),
                Arguments.of("deep arrays", "{\"a\":[" + fill("[[[[]]]],") + "1],\"text\":\"x\"}"),
                Arguments.of("one number", "{\"n\":" + fill("1") + ",\"text\":\"x\"}"),
                Arguments.of("metadata", "{\"metadata\":{" + fields() + "\"x\":1},\"text\":\"x\"}"),
                Arguments.of("no JSON", fill("{\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tickets")
    void shouldTakeTimeLinearInItsBytes(String name, String json) {
        assertThat(fastest(json)).isLessThan(fastest(ORDINARY).multipliedBy(MOST_TIMES_AN_ORDINARY_TICKET));
    }

    private Duration fastest(String json) {
        byte[] value = json.getBytes(UTF_8);
        return IntStream.range(0, 8)
                .mapToObj(run -> time(() -> scorer.score(new RawTicket(value, null, false, "t", 0, run))))
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String text(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    private static String fields() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; fields.length() < BYTES - 20; i++) {
            fields.append("\"f").append(i).append("\":").append(i).append(',');
        }
        return fields.toString();
    }

    private static String fill(String part) {
        return part.repeat((BYTES - 32) / part.getBytes(UTF_8).length);
    }
}
