package io.tickettriage.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
    private static final TokenizerConfig RULES = new TokenizerConfig(
            Map.of("plz", "please", "pls", "please"), List.of("not", "never"), 2, 3, 3, 5, 100, List.of("plan"));

    private final Tokenizer scanner = new Tokenizer(RULES);
    private final TicketFeatures features = new TicketFeatures();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Where is my REFUND?|where is my refund ?",
                "I can't log-in|i cant log in",
                "caf\u00e9 na\u00efve CAFE\u0301|cafe naive cafe",
                "\u0130stanbul I\u0131|istanbul i\u0131",
                "sooo goooood|soo good",
                "plz help|please help",
                "see https://a.b/c?d=1 now|see <url> now",
                "WWW.Example.com|<url>",
                "mail john.doe+x@mail.example.co now|mail <email> now",
                "a@b is not one|a <user> is not one",
                "@AcmeCare help|<user> help",
                "paid \u20b91,299.00 on 12/04/2025|paid <money> <num> on <num>",
                "error 404 order 123456|error 404 order <num>",
                "order AB12345 and 4g|order <code> and 4g",
                "wow!!! really?? ok!|wow !! really ?? ok !",
                "hmm... fine.|hmm ... fine",
                "nice :) bad :-(|nice :) bad :(",
                "\uD83D\uDE00\uD83D\uDE00|\uD83D\uDE00 \uD83D\uDE00",
                "\u0930\u093f\u092b\u0902\u0921 \u0915\u092c|\u0930\u093f\u092b\u0902\u0921 \u0915\u092c",
                "\uff52\uff45\uff46\uff55\uff4e\uff44|refund",
            })
    void shouldNormalizeMessyText(String text, String expected) {
        assertThat(scanner.tokenizeAndNormalize(text, Map.of(), features)).isEqualTo(expected);
    }

    @Test
    void shouldEmitWordsPhrasesAndNegatedWordsThatTheVocabularyFindsByName() {
        Vocabulary vocabulary = new Vocabulary(
                List.of("please", "not", "asked to", "asked to cancel", "not_asked", "not_to", "not_cancel"),
                new int[0]);

        scanner.tokenize("I did not asked to cancel, pls", Map.of(), features);
        vocabulary.retain(features);

        List<String> found = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            found.add(vocabulary.terms().get(features.id(i)));
        }
        assertThat(found)
                .containsExactlyInAnyOrder("not", "not_asked", "not_to", "asked to", "asked to cancel", "please");
        assertThat(features.words()).isEqualTo(7);
        assertThat(features.unknownWords()).isEqualTo(5);
    }

    @Test
    void shouldNotJoinPhrasesAcrossPunctuation() {
        Vocabulary vocabulary = new Vocabulary(List.of("refund cancel"), new int[0]);

        scanner.tokenize("refund. cancel", Map.of(), features);
        vocabulary.retain(features);

        assertThat(features.size()).isZero();
    }

    @Test
    void shouldTurnNamedMetadataIntoFeatures() {
        Vocabulary vocabulary = new Vocabulary(List.of("plan:big_enterprise"), new int[0]);

        scanner.tokenize("x", Map.of("plan", " Big Enterprise", "other", "y"), features);
        vocabulary.retain(features);

        assertThat(features.size()).isEqualTo(1);
    }

    @Test
    void shouldStopReadingAtTheLimitOfTokens() {
        scanner.tokenize("word ".repeat(500), Map.of(), features);

        assertThat(features.tokens()).isEqualTo(100);
    }

    @Test
    void shouldShareFragmentsBetweenAWordAndItsMisspelling() {
        int[] right = fragments("refund");
        int[] wrong = fragments("refundd");

        long shared = Arrays.stream(right)
                .filter(f -> Arrays.stream(wrong).anyMatch(g -> g == f))
                .count();
        assertThat(shared).isGreaterThanOrEqualTo(9);
    }

    @Property(tries = 2000)
    void shouldReadAnyTextAndStayWithinIt(@ForAll String text) {
        String normalized = scanner.tokenizeAndNormalize(text, Map.of(), features);

        for (int t = 0; t < features.tokens(); t++) {
            assertThat(features.tokenStart(t)).isBetween(0, text.length());
            assertThat(features.tokenEnd(t)).isBetween(features.tokenStart(t) + 1, text.length());
        }
        assertThat(normalized.isEmpty()).isEqualTo(features.tokens() == 0);
    }

    @Property(tries = 500)
    void shouldEmitTheSameFeaturesEachTime(@ForAll String text) {
        TicketFeatures other = new TicketFeatures();
        scanner.tokenize(text, Map.of(), features);
        new Tokenizer(RULES).tokenize(text, Map.of(), other);

        assertThat(other.size()).isEqualTo(features.size());
        for (int i = 0; i < features.size(); i++) {
            assertThat(other.id(i)).isEqualTo(features.id(i));
        }
    }

    private int[] fragments(String word) {
        scanner.tokenize(word, Map.of(), features);
        return IntStream.range(0, features.size())
                .filter(i -> features.kind(i) == TicketFeatures.Kind.CHAR_NGRAM)
                .map(features::id)
                .toArray();
    }
}
