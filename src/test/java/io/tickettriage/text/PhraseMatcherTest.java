package io.tickettriage.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseMatcherTest {
    @ParameterizedTest
    @CsvSource({
        "site is down!, is down, true",
        "this downtown shop, is down, false",
        "policed policy police, police, true",
        "policed policy, police, false",
        "so good!!, !!, true",
        "Take them to CONSUMER court, consumer Court, true",
        "consumer courts, consumer court, false",
        "suing you, sue you, false",
        "sue you, sue you, true",
        "sue yo, sue you, false",
        "learn c++11, c++, true",
        "\u0915\u094b\u0930\u094d\u091f \u091c\u093e\u090a\u0902\u0917\u093e, \u0915\u094b\u0930\u094d\u091f, true",
        "one \u01cbegos, \u01cbegos, true",
        "one \u01cbegos, \u01ccEGOS, true",
        // The sign after the letters belongs to the word.
        "\u0915\u094b\u0930\u094d\u091f, \u0915\u094b\u0930, false",
    })
    void shouldFindPhrasesAsWholeWordsInAnyCase(String text, String phrase, boolean found) {
        assertThat(PhraseMatcher.contains(text, phrase)).isEqualTo(found);
    }

    @Property(tries = 500)
    void shouldFindAnyPhraseBetweenSpaces(@ForAll String before, @ForAll @NotEmpty String phrase) {
        assertThat(PhraseMatcher.contains(before + " " + phrase + " ", phrase)).isTrue();
    }
}
