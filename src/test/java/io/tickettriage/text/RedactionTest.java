package io.tickettriage.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to a.b+c@mail.example.com, please|write to <email>, please",
                "call +91 98765 43210 now|call +<num> now",
                "card 4111-1111-1111-1111|card <num>",
                "card 4111 1111 1111 1111 was charged|card <num> was charged",
                "order 12345 of 2026 cost 499|order 12345 of 2026 cost 499",
                "AB1234567 stays|AB1234567 stays",
                "|",
            })
    void shouldTakeOutAddressesAndLongNumbersOnly(String text, String redacted) {
        assertThat(Redaction.redact(text == null ? "" : text)).isEqualTo(redacted == null ? "" : redacted);
    }

    @ParameterizedTest
    @CsvSource({"mail me at a.b@example.com today", "my card 4111-1111-1111-1111 failed"})
    void shouldReadToTheNetworkAsTheOriginalDid(String text) {
        Tokenizer scanner = new Tokenizer(new TokenizerConfig(Map.of(), List.of(), 0, 2, 3, 5, 100, List.of()));
        TicketFeatures features = new TicketFeatures();

        assertThat(scanner.tokenizeAndNormalize(Redaction.redact(text), Map.of(), features))
                .isEqualTo(scanner.tokenizeAndNormalize(text, Map.of(), features));
    }

    @Property(tries = 1000)
    void shouldRedactAnyTextAndNothingTwice(@ForAll String text) {
        String once = Redaction.redact(text);

        assertThat(Redaction.redact(once)).isEqualTo(once);
    }
}
